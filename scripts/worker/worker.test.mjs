import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installed } from '../setup/paths.mjs';
import { workerName } from './cache.mjs';
import { workerStarts } from './check.mjs';
import { readNinjaProgress, readWrapDirectory } from './debian/build.mjs';
import { fetchPrebuilt, prebuiltName, prebuiltUrl } from './prebuilt.mjs';
import { checksumOf, noteOrigin, originOf, whyNotPacked } from './origin.mjs';
import { extractFile } from './tar.mjs';

/** A tar archive (ustar). @param {[name: string, content: string, type?: string][]} files */
function tar(files) {
  const blocks = files.flatMap(([name, content, type = '0']) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write(type, 156);
    return [header, Buffer.from(content.padEnd(Math.ceil(content.length / 512) * 512, '\0'))];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'parley-worker-test-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('workerName', () => {
  it('differs by version and platform', () => {
    expect(workerName({ version: '3.27.1', platform: 'linux', arch: 'x64' })).toBe('mediasoup-worker-3.27.1-linux-x64');
    expect(workerName({ version: '3.27.1', platform: 'win32', arch: 'x64' })).toBe(
      'mediasoup-worker-3.27.1-win32-x64.exe',
    );
  });
});

describe('the prebuilt worker', () => {
  const repository = 'git+https://github.com/versatica/mediasoup.git';

  it("is called as upstream's releases call it", () => {
    const linux = { version: '3.27.1', platform: 'linux', arch: 'arm64', release: '6.1.0-44-arm64' };
    expect(prebuiltName(linux)).toBe('mediasoup-worker-3.27.1-linux-arm64-kernel6.tgz');
    expect(prebuiltName({ ...linux, platform: 'darwin' })).toBe('mediasoup-worker-3.27.1-darwin-arm64.tgz');
  });

  it("lies in upstream's releases, or in a mirror of them", () => {
    const release = { repository, version: '3.27.1', name: 'worker.tgz' };
    expect(prebuiltUrl(release)).toBe('https://github.com/versatica/mediasoup/releases/download/3.27.1/worker.tgz');
    expect(prebuiltUrl({ ...release, base: 'https://mirror.example' })).toBe(
      'https://mirror.example/3.27.1/worker.tgz',
    );
  });

  describe('fetched', () => {
    /** @type {import('node:http').Server} */
    let server;
    /** @type {(response: import('node:http').ServerResponse) => void} */
    let answer;
    beforeEach(async () => {
      server = createServer((_, response) => answer(response));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });
    /** @param {{ silenceMs?: number, checksum?: string }} [more] */
    const fetched = (more) => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      const url = `http://127.0.0.1:${port}/worker.tgz`;
      return fetchPrebuilt({ url, path: join(folder, 'worker'), checksum: '', report: () => undefined, ...more });
    };

    it('is written executable', async () => {
      answer = (response) => response.end(gzipSync(tar([['mediasoup-worker', '#!/bin/sh\nexit 41\n']])));
      await fetched();
      expect((await stat(join(folder, 'worker'))).mode & 0o777).toBe(0o755);
      expect(workerStarts(join(folder, 'worker'))).toBe(true);
    });

    it('must have the checksum on file, where there is one', async () => {
      const archive = gzipSync(tar([['mediasoup-worker', 'binary']]));
      const checksum = createHash('sha256').update(archive).digest('hex');
      answer = (response) => response.end(archive);
      expect(await fetched({ checksum })).toBe(checksum);
      expect(await fetched()).toBe(checksum);
      await rm(join(folder, 'worker'));
      await expect(fetched({ checksum: 'f'.repeat(64) })).rejects.toThrow('is not what its checksum says');
      await expect(stat(join(folder, 'worker'))).rejects.toThrow('ENOENT');
    });

    it('is not to be had when the server has none', async () => {
      answer = (response) => response.writeHead(404).end();
      await expect(fetched()).rejects.toThrow('404');
    });

    it('is not to be had from an archive without it', async () => {
      answer = (response) => response.end(gzipSync(tar([['README.md', 'hello']])));
      await expect(fetched()).rejects.toThrow('there is no mediasoup-worker in');
    });

    it('is given up when the server falls silent', async () => {
      answer = () => undefined;
      await expect(fetched({ silenceMs: 50 })).rejects.toThrow('does not answer');
    });
  });
});

describe('the origin of a worker', () => {
  const [ours, other] = ['a'.repeat(64), 'b'.repeat(64)];

  it('is noted beside it, and compared with the checksum on file whenever that is filled in', async () => {
    const path = join(folder, 'worker');
    expect(await originOf(path, ours)).toBe('unchecked');
    await noteOrigin(path, ours);
    expect([await originOf(path, ''), await originOf(path, ours), await originOf(path, other)]).toEqual([
      'unchecked',
      'checked',
      'wrong',
    ]);
    await noteOrigin(path, null);
    expect(await originOf(path, ours)).toBe('built');
  });

  it('keeps one that is not checked out of installers', () => {
    const refused = /** @type {const} */ (['unchecked', 'wrong']);
    for (const origin of refused) expect(whyNotPacked({ path: '/w', origin })).toContain('checksums.json');
    const packed = /** @type {const} */ (['built', 'checked', 'named']);
    for (const origin of packed) expect(whyNotPacked({ path: '/w', origin })).toBeNull();
  });

  it('has a checksum on file, or an empty entry, for every archive of the version in use', async () => {
    const { version } = JSON.parse(await readFile(installed('mediasoup', 'package.json'), 'utf8'));
    const file = new URL('checksums.json', import.meta.url);
    const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')));
    for (const [name, sum] of entries) {
      expect(name).toContain(`mediasoup-worker-${version}-`);
      expect(sum).toMatch(/^([\da-f]{64})?$/);
    }
    const [name = '', sum] = entries[0] ?? [];
    expect([await checksumOf(name), await checksumOf('no such archive')]).toEqual([sum, '']);
  });
});

describe('extractFile', () => {
  it('finds a file among others and past extended headers', () => {
    const archive = tar([
      ['PaxHeader/mediasoup-worker', '30 mtime=1.5\n', 'x'],
      ['README.md', 'x'.repeat(1000)],
      ['./mediasoup-worker', 'binary'],
    ]);
    expect(extractFile(archive, 'mediasoup-worker')?.toString()).toBe('binary');
  });

  it('finds nothing in an archive without it, and nothing whole in one cut short', () => {
    expect(extractFile(tar([['README.md', 'x']]), 'mediasoup-worker')).toBeNull();
    expect(extractFile(tar([['mediasoup-worker', 'x'.repeat(600)]]).subarray(0, 1000), 'mediasoup-worker')).toBeNull();
  });
});

describe('workerStarts', () => {
  it('is told from any other program by its exit code', async () => {
    const path = join(folder, 'program');
    await writeFile(path, '#!/bin/sh\nexit 1\n');
    await chmod(path, 0o755);
    expect(workerStarts(path)).toBe(false);
    expect(workerStarts(join(folder, 'absent'))).toBe(false);
  });
});

describe('building', () => {
  it('reads where a subproject belongs from its wrap file', () => {
    expect(readWrapDirectory('[wrap-file]\ndirectory = libuv-v1.51.0\nsource_url = x\n')).toBe('libuv-v1.51.0');
    expect(() => readWrapDirectory('[wrap-git]\n')).toThrow();
  });

  it('reads how far ninja is', () => {
    expect(readNinjaProgress('[86/345] Compiling C++ object libmediasoup-worker.a.p/src_Worker.cpp.o')).toBeCloseTo(
      0.249,
    );
    expect(readNinjaProgress('ninja: Entering directory `build`')).toBeNull();
  });
});
