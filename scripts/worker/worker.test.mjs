import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workerName } from './cache.mjs';
import { workerStarts } from './check.mjs';
import { readNinjaProgress, readWrapDirectory } from './debian/build.mjs';
import { fetchPrebuilt, prebuiltName, prebuiltUrl } from './prebuilt.mjs';
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
    /** @param {number} [silenceMs] */
    const fetched = (silenceMs) => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      return fetchPrebuilt(`http://127.0.0.1:${port}/worker.tgz`, join(folder, 'worker'), () => undefined, silenceMs);
    };

    it('is written executable', async () => {
      answer = (response) => response.end(gzipSync(tar([['mediasoup-worker', '#!/bin/sh\nexit 41\n']])));
      await fetched();
      expect((await stat(join(folder, 'worker'))).mode & 0o777).toBe(0o755);
      expect(workerStarts(join(folder, 'worker'))).toBe(true);
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
      await expect(fetched(50)).rejects.toThrow('does not answer');
    });
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
