// @ts-check
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../../setup/run.mjs';
import { SetupError } from '../../setup/setup-error.mjs';
import { addLibsrtp2 } from './libsrtp2.mjs';

/** What takes the place of meson's downloads: each folder that of the wrap file of the same name. */
const SUBPROJECTS = fileURLToPath(new URL('subprojects', import.meta.url));

/** What one compiler takes at its worst, bytes. */
const COMPILER_MEMORY = 1.2e9;

/** The distribution's own tools, whatever else is on the PATH, and no flags of the caller's shell. */
const ENVIRONMENT = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  CC: 'gcc',
  CXX: 'g++',
  CFLAGS: undefined,
  CXXFLAGS: undefined,
  CPPFLAGS: undefined,
  LDFLAGS: undefined,
};

/** What Debian's libraries need changed in the worker's source. */
const PATCHES = [
  {
    // Debian 12 has meson 1.0.1; nothing newer is used.
    file: 'meson.build',
    from: "meson_version: '>= 1.1.0'",
    to: "meson_version: '>= 1.0.0'",
  },
  {
    // The BIO callback must hand back the real result of a BIO_ctrl() too: an OpenSSL with KTLS, as
    // Debian's is, takes a 1 for "the kernel encrypts" and crashes in the first DTLS handshake.
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN)',
    to: '((operationType & BIO_CB_RETURN) != 0)',
  },
];

/**
 * Builds the worker from the C++ source in the mediasoup package against Debian's libraries, linked
 * statically but for libc. Needs the distribution's packages for `compiler`.
 *
 * @param {object} options
 * @param {string} options.source folder of the mediasoup package
 * @param {string} options.path the worker is written there
 * @param {'debian' | 'ubuntu'} options.distribution
 * @param {string} options.codename of its release, such as `bookworm`
 * @param {import('../../setup/progress.mjs').Report} options.report
 */
export async function buildWorker({ source, path, distribution, codename, report }) {
  const work = await mkdtemp(join(tmpdir(), 'parley-worker-'));
  try {
    const tree = join(work, 'worker');
    report('preparing the source');
    await cp(join(source, 'worker'), tree, { recursive: true });
    for (const patch of PATCHES) await apply(tree, patch);
    const folders = await addSubprojects(join(tree, 'subprojects'));
    report('fetching libsrtp');
    await addLibsrtp2({
      folder: join(tree, 'subprojects', 'libsrtp2'),
      headers: join(tree, 'subprojects', folders.libsrtp3, 'include', 'srtp2'),
      work: join(work, 'apt'),
      distribution,
      codename,
    });
    report('configuring');
    await configure(tree);
    await compile(tree, report);
    await mustRun('strip', ['-o', path, join(tree, 'build', 'mediasoup-worker')], {
      env: ENVIRONMENT,
      failure: 'The media worker was built but cannot be written.',
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} tree @param {{ file: string, from: string, to: string }} patch */
async function apply(tree, { file, from, to }) {
  const before = await readFile(join(tree, file), 'utf8');
  if (!before.includes(from)) {
    throw new SetupError(`mediasoup's ${file} has changed: see whether building it here still needs its patch.`);
  }
  await writeFile(join(tree, file), before.replace(from, to));
}

/** @param {string} subprojects */
async function addSubprojects(subprojects) {
  let libsrtp3 = '';
  for (const name of await readdir(SUBPROJECTS)) {
    const folder = readWrapDirectory(await readFile(join(subprojects, `${name}.wrap`), 'utf8'));
    await cp(join(SUBPROJECTS, name), join(subprojects, folder), { recursive: true });
    if (name === 'libsrtp3') libsrtp3 = folder;
  }
  return { libsrtp3 };
}

/** Where meson looks for a subproject. @param {string} wrap the text of its wrap file */
export function readWrapDirectory(wrap) {
  const directory = /^directory *= *(.+)$/m.exec(wrap)?.[1]?.trim();
  if (!directory) throw new SetupError("mediasoup's source lists its libraries in an unknown way.");
  return directory;
}

/** The same build as upstream's tasks.py makes. @param {string} tree */
async function configure(tree) {
  await mustRun(
    'meson',
    [
      'setup',
      '--wrap-mode=nodownload',
      '--buildtype=release',
      '-Db_ndebug=true',
      '-Dcpp_link_args=-static-libstdc++ -static-libgcc',
      'build',
    ],
    { cwd: tree, env: ENVIRONMENT, failure: 'meson cannot configure the media worker.' },
  );
}

/** @param {string} tree @param {import('../../setup/progress.mjs').Report} report */
async function compile(tree, report) {
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / COMPILER_MEMORY)));
  await mustRun('ninja', ['-C', 'build', `-j${jobs}`, 'mediasoup-worker'], {
    cwd: tree,
    env: ENVIRONMENT,
    failure: 'The media worker cannot be compiled.',
    onLine: (line) => {
      const done = readNinjaProgress(line);
      if (done !== null) report(done);
    },
  });
}

/** How far ninja is, of a line it writes (`[12/345] Compiling …`): a fraction of 1; null: another line. @param {string} line */
export function readNinjaProgress(line) {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  return match ? Number(match[1]) / Number(match[2]) : null;
}
