import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateNames, loadCertificate, spkiFingerprint } from './certificate.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const names = ['192.168.1.5', 'fd00::2', 'localhost', '127.0.0.1', '::1', 'laptop.local'];

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'parley-certificate-'));
  folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true }));

const load = (options: { names?: string[]; now?: number } = {}) =>
  loadCertificate({ folder, names, now: NOW, ...options });

describe('made at first start', () => {
  test('EC P-256, for all its names, valid from yesterday for 397 days at most', async () => {
    const { cert, key } = await load();
    const certificate = new X509Certificate(cert);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.checkIP('192.168.1.5')).toBe('192.168.1.5');
    expect(certificate.checkIP('fd00::2')).toBe('fd00::2');
    expect(certificate.checkHost('laptop.local')).toBe('laptop.local');
    expect(certificate.checkHost('elsewhere.local')).toBeUndefined();
    expect(certificateNames(cert)).toHaveLength(names.length);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.validFromDate.getTime()).toBe(NOW - DAY);
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBe(397 * DAY);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  test.skipIf(process.platform === 'win32')('only the owner may read the key and the folder', async () => {
    await load();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'host-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['host-certificate.pem', 'host-key.pem']);
  });

  test('its fingerprint is the SHA-256 of the SPKI, base64url', async () => {
    const { cert, fingerprint } = await load();
    expect(fingerprint).toMatch(/^[\w-]{43}$/);
    expect(spkiFingerprint(cert)).toBe(fingerprint);
    expect(spkiFingerprint(new X509Certificate(cert).raw)).toBe(fingerprint);
  });
});

describe('kept', () => {
  test('the same at the next start, whatever the order of the names', async () => {
    const first = await load();
    expect(await load({ names: names.toReversed(), now: NOW + DAY })).toEqual(first);
  });

  test.each([
    ['its addresses change', { names: ['10.0.0.7', 'localhost'] }],
    ['it expires within a month', { now: NOW + 367 * DAY }],
    ['the clock was wrong when it was made', { now: NOW - 30 * DAY }],
  ])('remade with the same key when %s', async (_, change) => {
    const first = await load();
    const second = await load(change);
    expect(second.cert).not.toBe(first.cert);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(await readFile(join(folder, 'host-certificate.pem'), 'utf8')).toBe(second.cert);
    expect(new X509Certificate(second.cert).serialNumber).not.toBe(new X509Certificate(first.cert).serialNumber);
  });

  test.each([
    ['damaged', 'not a certificate'],
    ['empty', ''],
  ])('a %s certificate is made again', async (_, content) => {
    const { fingerprint } = await load();
    await writeFile(join(folder, 'host-certificate.pem'), content);
    const again = await load();
    expect(again.fingerprint).toBe(fingerprint);
    expect(certificateNames(again.cert)).toHaveLength(names.length);
  });

  test('the certificate of another key is made again', async () => {
    await load();
    await rm(join(folder, 'host-key.pem'));
    const { cert, key } = await load();
    expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true);
  });
});

describe('what stands in the way is said', () => {
  test('a damaged key is named, and kept', async () => {
    await load();
    const file = join(folder, 'host-key.pem');
    await writeFile(file, 'not a key');
    const failure = await load().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'HostError', code: 'KEY_DAMAGED' });
    expect(String(failure)).toContain(file);
    expect(await readFile(file, 'utf8')).toBe('not a key');
  });

  test('a folder that is a file is named', async () => {
    await writeFile(folder, '');
    const failure = await load().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'HostError', code: 'DATA_FOLDER_UNUSABLE' });
    expect(String(failure)).toContain(folder);
  });

  test.skipIf(process.platform === 'win32')('a key that others could read is closed to them', async () => {
    await load();
    const file = join(folder, 'host-key.pem');
    await chmod(file, 0o644);
    await load();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
