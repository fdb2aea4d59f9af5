// @ts-check
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, run } from '../../setup/run.mjs';
import { SetupError } from '../../setup/setup-error.mjs';

/** Where each distribution keeps the source of libsrtp2, and the keys that sign it. */
const ARCHIVES = {
  debian: {
    origin: 'Debian',
    mirror: 'http://deb.debian.org/debian',
    component: 'main',
    keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',
  },
  ubuntu: {
    origin: 'Ubuntu',
    mirror: 'http://archive.ubuntu.com/ubuntu',
    component: 'universe',
    keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
  },
};

/**
 * Unpacks libsrtp 2 from the distribution's source package, with the distribution's patches applied: its
 * binary package is linked to NSS and shared. The header libsrtp3/include/srtp.h gives it the calls of libsrtp 3.
 *
 * @param {object} options
 * @param {string} options.folder where to
 * @param {string} options.headers where its headers go, for that header to include
 * @param {string} options.work a folder to work in
 * @param {'debian' | 'ubuntu'} options.distribution
 * @param {string} options.codename
 */
export async function addLibsrtp2({ folder, headers, work, distribution, codename }) {
  const description = await download(work, ARCHIVES[distribution], codename);
  // apt has checked the signature of the list that names these files.
  await mustRun('dpkg-source', ['--no-check', '--extract', description, folder], {
    failure: 'The source of libsrtp cannot be unpacked.',
  });
  await mkdir(headers);
  await cp(join(folder, 'include', 'srtp.h'), join(headers, 'srtp.h'));
  for (const name of ['auth.h', 'cipher.h', 'crypto_types.h']) {
    await cp(join(folder, 'crypto', 'include', name), join(headers, name));
  }
}

/**
 * @param {string} folder
 * @param {typeof ARCHIVES[keyof typeof ARCHIVES]} archive
 * @param {string} codename
 * @returns {Promise<string>} the path of the source package's description (.dsc), beside its files
 */
async function download(folder, archive, codename) {
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const mirror = (await configuredMirror(archive.origin, codename)) ?? archive.mirror;
  const sources = join(folder, 'sources.list');
  await writeFile(sources, `deb-src [signed-by=${archive.keyring}] ${mirror} ${codename} ${archive.component}\n`);
  // A state of its own: the machine's sources stay as they are, and apt checks the signatures.
  const options = [
    '-q',
    `-oDir::Etc::sourcelist=${sources}`,
    '-oDir::Etc::sourceparts=/dev/null',
    `-oDir::State::Lists=${join(folder, 'lists')}`,
    `-oDir::Cache=${join(folder, 'cache')}`,
    '-oAPT::Sandbox::User=root',
    '-oAcquire::Languages=none',
    '-oAcquire::Retries=3',
  ];
  const failure = `The source of libsrtp2 cannot be fetched from ${mirror}.`;
  await mustRun('apt-get', [...options, 'update'], { cwd: folder, failure });
  await mustRun('apt-get', [...options, 'source', '--download-only', 'libsrtp2'], { cwd: folder, failure });
  const description = (await readdir(folder)).find((name) => /^libsrtp2_.*\.dsc$/.test(name));
  if (!description) throw new SetupError(failure);
  return join(folder, description);
}

/**
 * The mirror this machine is set to; null: none for this release, or its package lists are not there.
 *
 * @param {string} origin
 * @param {string} codename
 */
async function configuredMirror(origin, codename) {
  const format = ['--format', '$(REPO_URI) $(CODENAME)'];
  const { code, output } = await run('apt-get', [
    'indextargets',
    ...format,
    'Created-By: Packages',
    `Origin: ${origin}`,
  ]);
  if (code !== 0) return null;
  const line = output.split('\n').find((target) => target.endsWith(` ${codename}`));
  return line?.split(' ')[0] ?? null;
}
