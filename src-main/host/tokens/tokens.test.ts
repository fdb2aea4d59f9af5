import { generateKeyPair, SignJWT } from 'jose';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokens, loadTokens } from './index.ts';

const NOW = Date.UTC(2026, 0, 1);
const secret = new Uint8Array(32).fill(1);
const invite = { id: 'i1', roomId: 'one', role: 'participant' } as const;

describe('tokens', () => {
  const tokens = createTokens(secret);

  it('say what was signed, with times in seconds', async () => {
    const whole = {
      ...invite,
      name: 'Bo',
      notBefore: NOW,
      expires: NOW + 1000,
      appointment: { id: 'a1', title: 'Check-up', startsAt: NOW },
    };
    const token = await tokens.sign(whole);
    await expect(tokens.read(token, NOW)).resolves.toEqual(whole);
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ nbf: NOW / 1000, exp: NOW / 1000 + 1, jti: 'i1', room: 'one' });
    await expect(tokens.read(await tokens.sign(invite), NOW)).resolves.toEqual(invite);
  });

  it('are valid from their first second to their last', async () => {
    const token = await tokens.sign({ ...invite, notBefore: NOW, expires: NOW + 1000 });
    const at = [NOW - 1, NOW, NOW + 999, NOW + 1000];
    const valid = await Promise.all(at.map(async (now) => (await tokens.read(token, now)) !== null));
    expect(valid).toEqual([false, true, true, false]);
  });

  it('of anybody else, or for anything else, are none', async () => {
    const jwt = (header: object, claims: object = { room: 'one', role: 'host', jti: 'i1', iss: 'parley' }) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'parley-invite+jwt', ...header });
    const { privateKey } = await generateKeyPair('ES256');
    const bad = [
      await jwt({}).sign(new Uint8Array(32).fill(2)),
      await jwt({ alg: 'HS512' }).sign(new Uint8Array(64).fill(1)),
      await jwt({ alg: 'ES256' }).sign(privateKey),
      await jwt({ typ: 'JWT' }).sign(secret),
      await jwt({}, { room: 'one', role: 'host', jti: 'i1', iss: 'other' }).sign(secret),
      await jwt({}, { room: 'one', role: 'king', jti: 'i1', iss: 'parley' }).sign(secret),
      await jwt({}, { role: 'host', jti: 'i1', iss: 'parley' }).sign(secret),
      '',
      '..',
      'a.b',
    ];
    for (const token of bad) expect([token, await tokens.read(token, NOW)]).toEqual([token, null]);
    await expect(tokens.read(await jwt({}).sign(secret), NOW)).resolves.toMatchObject({ role: 'host' });
  });

  it('hash what is only compared', () => {
    expect(tokens.hash('secret')).toBe('K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols');
  });
});

describe('the secret', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-tokens-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, for its owner alone, and kept', async () => {
    const first = await loadTokens({ folder });
    const file = join(folder, 'invite-secret');
    expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')).toHaveLength(32);
    await chmod(file, 0o644);
    const token = await first.sign(invite);
    await expect((await loadTokens({ folder })).read(token, NOW)).resolves.toEqual(invite);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is another one on each host', async () => {
    const other = join(folder, 'other');
    const token = await (await loadTokens({ folder })).sign(invite);
    await expect((await loadTokens({ folder: other })).read(token, NOW)).resolves.toBeNull();
  });

  it('that is damaged or out of reach is a sentence', async () => {
    const file = join(folder, 'invite-secret');
    await writeFile(file, 'short');
    await expect(loadTokens({ folder })).rejects.toMatchObject({ code: 'KEY_DAMAGED' });
    await expect(loadTokens({ folder: join(file, 'below') })).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
  });
});
