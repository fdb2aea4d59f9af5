import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { MediaConsents } from './media-consents.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-consents-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (origin: string, fingerprint: string | null) => ({ origin, fingerprint });

it('is given to a key, at whatever address, and lasts', () => {
  const path = join(folder, 'kept');
  new MediaConsents(path).add(at('https://10.0.0.1:7443', 'A'));
  const again = new MediaConsents(path);
  expect(again.has(at('https://10.0.0.2:7443', 'A'))).toBe(true);
  expect(again.has(at('https://10.0.0.1:7443', 'B'))).toBe(false);
  expect(again.has(at('https://10.0.0.1:7443', null))).toBe(false);
});

it('is given to a name where an authority vouches for the host', () => {
  const consents = new MediaConsents(join(folder, 'name'));
  consents.add(at('https://meet.example', null));
  expect(consents.has(at('https://meet.example', null))).toBe(true);
  expect(consents.has(at('https://meet.example', 'A'))).toBe(false);
  expect(consents.has(at('https://other.example', null))).toBe(false);
});

it('forgets the oldest beyond the limit', () => {
  const path = join(folder, 'full');
  const hosts = Array.from({ length: MAX_KNOWN_HOSTS }, (_, host) => `key ${host}`);
  writeFileSync(path, JSON.stringify({ version: 1, hosts }));
  const consents = new MediaConsents(path);
  consents.add(at('https://10.0.0.1', 'new'));
  expect([consents.has(at('', '0')), consents.has(at('', '1'))]).toEqual([false, true]);
  expect((JSON.parse(readFileSync(path, 'utf8')) as { hosts: string[] }).hosts).toHaveLength(MAX_KNOWN_HOSTS);
});
