import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interfaces } from '../../host/network/interfaces.ts';
import { issueCertificate } from '../../host/network/testing.ts';
import { openStore } from '../../host/store/index.ts';
import { checkAddresses } from './addresses.ts';
import { checkCertificate } from './certificate.ts';
import { checkHost, describeFindings } from './check.ts';
import { checkDataFolder } from './data-folder.ts';
import { checkPorts } from './ports.ts';

const DAY = 86_400_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-check-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('ports', () => {
  test('a port that another program has, TCP and UDP', async () => {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    await once(udp, 'listening');
    const address = tcp.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const sockets = [
      { protocol: 'tcp', port: taken, ip: '127.0.0.1', purpose: 'page and signaling' },
      { protocol: 'udp', port: udp.address().port, ip: '127.0.0.1', purpose: 'sound and pictures' },
    ] as const;
    expect(await checkPorts(sockets, { hosting: false })).toEqual([
      {
        level: 'problem',
        text: `Port ${taken} (TCP) at 127.0.0.1, for page and signaling, is in use by another program. End that program, or choose another port.`,
      },
      {
        level: 'problem',
        text: `Port ${udp.address().port} (UDP) at 127.0.0.1, for sound and pictures, is in use by another program. End that program, or choose another port.`,
      },
    ]);
    expect((await checkPorts(sockets, { hosting: true })).map(({ level }) => level)).toEqual(['note', 'note']);
    tcp.close();
    udp.close();
    await Promise.all([once(tcp, 'close'), once(udp, 'close')]);
    expect(await checkPorts(sockets, { hosting: false })).toEqual([
      { level: 'ok', text: `These ports are free: ${taken} (TCP), ${sockets[1].port} (UDP).` },
    ]);
  });

  test('an address that is not here', async () => {
    const [finding] = await checkPorts(
      [{ protocol: 'udp', port: 7444, ip: '192.0.2.1', purpose: 'sound and pictures' }],
      {
        hosting: false,
      },
    );
    expect(finding).toMatchObject({
      level: 'problem',
      text: expect.stringMatching(/cannot be opened \(.*EADDRNOTAVAIL/) as string,
    });
  });
});

describe('addresses', () => {
  const interfaces: Interfaces = {
    lan: [{ address: '192.168.7.5', netmask: '', family: 'IPv4', mac: '', internal: false, cidr: '192.168.7.5/24' }],
  };
  const check = async (name: string) => (await checkAddresses([{ setting: 'address', name }], interfaces))[0];

  test.each([
    ['192.168.7.5', 'ok', 'address: 192.168.7.5: an address of this computer.'],
    ['192.168.7.6', 'problem', 'address: 192.168.7.6: not an address of this computer. It has 192.168.7.5.'],
    ['127.0.0.1', 'problem', 'address: 127.0.0.1: only this computer itself can use it.'],
    ['localhost', 'problem', /^address: localhost leads to .*127\.0\.0\.1.*: only this computer itself can use it\.$/],
    [
      '203.0.113.9',
      'note',
      'address: 203.0.113.9: not an address of this computer, so guests can join only if a router forwards the ports to it.',
    ],
    ['no-such-name.invalid', 'problem', /^address: no-such-name\.invalid is known to no name server/],
  ])('%s', async (name, level, text) => {
    expect(await check(name)).toEqual({
      level,
      text: typeof text === 'string' ? text : (expect.stringMatching(text) as string),
    });
  });
});

describe('certificates', () => {
  const now = Date.UTC(2026, 0, 31);
  const issued = async (validAt: number) => {
    const files = { cert: join(folder, 'chain.pem'), key: join(folder, 'key.pem') };
    await issueCertificate(files, { names: ['meet.example.org', '192.0.2.5'], now: validAt });
    return files;
  };

  test('one that lasts and covers the names', async () => {
    const files = await issued(now);
    const findings = await checkCertificate(files, ['meet.example.org', '192.0.2.5'], now);
    expect(findings).toEqual([
      { level: 'ok', text: expect.stringMatching(/chain\.pem is valid until 20\d\d-/) as string },
    ]);
  });

  test('one that is for other names', async () => {
    const files = await issued(now);
    const findings = await checkCertificate(files, ['meet.example.org', 'www.example.org', '192.0.2.6'], now);
    expect(findings[1]).toEqual({
      level: 'problem',
      text: `The certificate in ${files.cert} is for meet.example.org, 192.0.2.5, not for www.example.org, 192.0.2.6: browsers warn about it there.`,
    });
  });

  test('one that expires soon, one that has, and none', async () => {
    const files = await issued(now);
    const [{ text } = { text: '' }] = await checkCertificate(files, [], now);
    const end = Date.parse(/until (\S+)\.$/.exec(text)?.[1] ?? '');
    const at = async (time: number) => (await checkCertificate(files, [], time))[0];
    expect((await at(end - 15 * DAY))?.level).toBe('ok');
    expect(await at(end - 13 * DAY)).toEqual({
      level: 'problem',
      text: expect.stringMatching(/expires on 20\d\d-\d\d-\d\d, in 1[34] days\. Renew it/) as string,
    });
    expect(await at(end + 2 * DAY)).toEqual({
      level: 'problem',
      text: expect.stringMatching(/has expired on/) as string,
    });
    await rm(files.key);
    expect(await at(now)).toEqual({
      level: 'problem',
      text: expect.stringMatching(/key\.pem cannot be read/) as string,
    });
  });
});

describe('the data folder', () => {
  test('one that will be made, one that is there: nothing is left in them', async () => {
    expect(await checkDataFolder(join(folder, 'new', 'data'))).toEqual({
      finding: { level: 'ok', text: `The data folder ${join(folder, 'new', 'data')} will be made.` },
      hosting: false,
    });
    expect((await checkDataFolder(folder)).finding.text).toBe(`The data folder ${folder} can be written.`);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a file in its place, and a file system that cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect((await checkDataFolder(file)).finding).toMatchObject({ level: 'problem' });
    if (process.platform === 'linux') {
      expect((await checkDataFolder('/proc/parley')).finding).toMatchObject({ level: 'problem' });
    }
    if (process.getuid?.() === 0) return;
    await chmod(folder, 0o500);
    expect((await checkDataFolder(folder)).finding).toMatchObject({ level: 'problem' });
    await chmod(folder, 0o700);
  });

  test('one that a host has closed, or was killed with: it is as it was', async () => {
    const files = async () => (await readdir(folder)).toSorted();
    openStore({ folder, log }).close();
    expect(await checkDataFolder(folder)).toMatchObject({ finding: { level: 'ok' }, hosting: false });
    expect(await files()).toEqual(['parley.db']);

    const store = join(import.meta.dirname, '../../host/store/index.ts');
    const program = `
      const { openStore } = await import(${JSON.stringify(store)});
      const ignore = () => undefined;
      const log = { info: ignore, warn: ignore, error: ignore };
      openStore({ folder: ${JSON.stringify(folder)}, log }).attendance.endAll();
      process.kill(process.pid, 'SIGKILL');
    `;
    spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
    const left = await files();
    expect(await checkDataFolder(folder)).toMatchObject({ finding: { level: 'ok' }, hosting: false });
    expect(await files()).toEqual(left);
    openStore({ folder, log }).close();
  });

  test('one that a host is using', async () => {
    const store = openStore({ folder, log });
    expect(await checkDataFolder(folder)).toMatchObject({ finding: { level: 'note' }, hosting: true });
    store.close();
    expect(await checkDataFolder(folder)).toMatchObject({ finding: { level: 'ok' }, hosting: false });
  });
});

describe('all of it', () => {
  const options = { name: 'desk', port: 0, workerCount: 1 };

  test('the worker that is not there', async () => {
    const findings = await checkHost({ ...options, dataDir: folder, workerBin: join(folder, 'no-worker') });
    expect(findings).toContainEqual({
      level: 'problem',
      text: expect.stringMatching(/no-worker does not start/) as string,
    });
  });

  test('no network', async () => {
    const findings = await checkHost({ ...options, dataDir: folder, interfaces: () => ({}) });
    expect(findings).toContainEqual({ level: 'ok', text: 'The media process starts.' });
    expect(findings).toContainEqual({
      level: 'problem',
      text: 'This computer has no network: nobody else can reach it.',
    });
  });

  test('the monitoring port is looked at too', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const findings = await checkHost({ ...options, dataDir: folder, monitoring: { port: taken } });
    expect(findings.map(({ text }) => text)).toContain(
      `Port ${taken} (TCP) at 127.0.0.1, for monitoring, is in use by another program. End that program, or choose another port.`,
    );
    other.close();
  });

  test('is a line for each finding, and a sum', () => {
    expect(
      describeFindings([
        { level: 'ok', text: 'A.' },
        { level: 'problem', text: 'B.' },
      ]),
    ).toBe('ok       A.\nproblem  B.\n\nProblems found: 1.\n');
    expect(describeFindings([{ level: 'note', text: 'A.' }])).toContain('Nothing was found that keeps guests');
  });
});
