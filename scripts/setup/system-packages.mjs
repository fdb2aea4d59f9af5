// @ts-check
import { readFile } from 'node:fs/promises';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {'debian' | 'ubuntu' | 'other'} Distribution
 * @typedef {'administration' | 'browser' | 'compiler' | 'display' | 'firefox' | 'lab'} Need
 */

/** What builds mediasoup's worker; see worker/debian/build.mjs. */
const COMPILER = [
  'dpkg-dev',
  'g++',
  'meson',
  'ninja-build',
  'pkg-config',
  'libuv1-dev',
  'libssl-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** What shows, manages, lists and pictures windows without a screen; see e2e/desktop/stand-in. */
const DISPLAY = ['xvfb', 'openbox', 'xdotool', 'wmctrl', 'imagemagick'];

/** Networks of the tests' own, and another implementation of discovery on them; see e2e/lab. */
const LAB = ['iproute2', 'curl', 'dbus', 'avahi-daemon', 'avahi-utils'];

/** Packet filters whose rules `--check` reads, and what verifies a unit of systemd. */
const ADMINISTRATION = ['nftables', 'iptables', 'systemd'];

/**
 * The packages of a distribution that meet a need.
 *
 * @param {Need} need
 * @param {Exclude<Distribution, 'other'>} distribution
 */
export function packagesFor(need, distribution) {
  if (need === 'compiler') return COMPILER;
  if (need === 'display') return DISPLAY;
  if (need === 'lab') return LAB;
  if (need === 'administration') return ADMINISTRATION;
  // Ubuntu has Firefox as a snap only, which cannot read a profile that a test makes.
  if (need === 'firefox') return distribution === 'debian' ? ['firefox-esr'] : [];
  return [distribution === 'debian' ? 'chromium' : 'chromium-browser'];
}

/**
 * Which distribution's packages a machine takes.
 *
 * @param {string} osRelease the text of /etc/os-release; empty where there is none
 * @returns {{ distribution: Distribution, codename: string }}
 */
export function readDistribution(osRelease) {
  const value = (/** @type {string} */ key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const known = [value('ID'), ...value('ID_LIKE').split(' ')].find((id) => id === 'ubuntu' || id === 'debian');
  return {
    distribution: known === 'ubuntu' || known === 'debian' ? known : 'other',
    codename: value('UBUNTU_CODENAME') || value('VERSION_CODENAME'),
  };
}

/** {@link readDistribution} of this machine. */
export async function distribution() {
  return readDistribution(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

/**
 * Installs packages of Debian or Ubuntu that are not there yet.
 *
 * @param {readonly string[]} packages
 * @param {string} purpose what they are for, as it continues "needed "
 * @param {import('./progress.mjs').Report} report
 * @throws {SetupError} the line to run, where this user may not install
 */
export async function installSystemPackages(packages, purpose, report) {
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `System packages are needed ${purpose}. Install them with this line, then run this again:\n\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
  }
  report('reading package lists');
  // A machine may hold lists that are still good while one of its sources is out of reach.
  const update = await aptGet(['update'], report);
  const install = await aptGet(['install', '-y', '--no-install-recommends', ...missing], report);
  if (install.code === 0) return;
  const said = update.code === 0 ? install.output : `${update.output}\n${install.output}`;
  throw new SetupError(`apt-get could not install ${missing.join(' ')}, needed ${purpose}. It said:\n\n${said}`);
}

/** @param {readonly string[]} packages */
async function missingPackages(packages) {
  /** @type {Set<string>} */
  const present = new Set();
  // One unknown package fails the whole query, the known ones are listed all the same.
  await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], {
    onLine: (line) => {
      const [name, status] = line.split(' ');
      if (name && status === 'installed') present.add(name);
    },
  });
  return packages.filter((name) => !present.has(name));
}

/** @param {string[]} args @param {import('./progress.mjs').Report} report */
function aptGet(args, report) {
  const options = ['-q', '-oDPkg::Lock::Timeout=300', '-oAcquire::Retries=3', '-oAPT::Status-Fd=1'];
  return run('apt-get', [...options, ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    onLine: (line) => {
      const status = readAptStatus(line);
      if (status) report(status);
    },
  });
}

/**
 * How far apt is, of a line it writes to `APT::Status-Fd`; null: another line.
 *
 * @param {string} line `dlstatus:1:42.5:…` (downloading) or `pmstatus:name:42.5:…` (installing)
 */
export function readAptStatus(line) {
  const match = /^(dl|pm)status:[^:]*:([\d.]+):/.exec(line);
  if (!match) return null;
  return `${match[1] === 'dl' ? 'downloading' : 'installing'}, ${Math.floor(Number(match[2]))} %`;
}
