import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCertificateFiles } from './certificate-files.ts';
import { issueCertificate } from './testing.ts';

const NOW = Date.UTC(2026, 0, 31);
const DAY = 86_400_000;

let folder: string;
let files: { cert: string; key: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-issued-'));
  files = { cert: join(folder, 'fullchain.pem'), key: join(folder, 'privkey.pem') };
  await issueCertificate(files, { names: ['meet.example.org', '192.0.2.5'], now: NOW });
});
afterEach(() => rm(folder, { recursive: true }));

const refusal = async (now = NOW) => {
  const error: unknown = await readCertificateFiles(files, now).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'HostError', code: 'CERTIFICATE_UNUSABLE' });
  return error instanceof Error ? error.message : '';
};

test('a certificate and its key are read', async () => {
  const { cert, key, fingerprint } = await readCertificateFiles(files, NOW);
  expect(cert).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(fingerprint).toMatch(/^[\w-]{43}$/);
});

describe('what is wrong is said', () => {
  test('a file that is not there', async () => {
    files.key = join(folder, 'elsewhere.pem');
    expect(await refusal()).toMatch(new RegExp(`^${files.key} cannot be read \\(ENOENT`));
  });

  test.each(['cert', 'key'] as const)('a file that does not hold the %s', async (which) => {
    await writeFile(files[which], 'words');
    expect(await refusal()).toContain(
      `${files[which]} does not hold a ${which === 'cert' ? 'certificate' : 'private key'} in PEM format`,
    );
  });

  test('a key with a passphrase', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'prime256v1',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    });
    await writeFile(files.key, privateKey);
    expect(await refusal()).toBe(`The key in ${files.key} has a passphrase. Save it without one.`);
  });

  test('a key of another certificate', async () => {
    await issueCertificate({ ...files, cert: join(folder, 'other.pem') }, { names: ['meet.example.org'], now: NOW });
    expect(await refusal()).toBe(`The key in ${files.key} does not belong to the certificate in ${files.cert}.`);
  });

  test('a certificate that has expired, and one that is not valid yet', async () => {
    expect(await refusal(NOW + 400 * DAY)).toBe(
      `The certificate in ${files.cert} has expired on 2027-03-03. Renew it.`,
    );
    expect(await refusal(NOW - 2 * DAY)).toBe(`The certificate in ${files.cert} is not valid before 2026-01-30.`);
  });

  test('a certificate for no name', async () => {
    await issueCertificate(files, { names: [], now: NOW });
    expect(await refusal()).toContain('is for no name and no IP address');
  });
});
