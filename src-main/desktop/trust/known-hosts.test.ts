import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { KnownHosts } from './known-hosts.ts';
import type { KnownHost } from './known-hosts.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-known-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const key = (fingerprint: string): KnownHost => ({ trust: 'key', fingerprint });

it('remembers a host from one start to the next', () => {
  const first = new KnownHosts(file('kept'));
  first.remember('https://10.0.0.1:7443', key('A'));
  first.remember('https://meet.example', { trust: 'ca' });
  const again = new KnownHosts(file('kept'));
  expect(again.get('https://10.0.0.1:7443')).toEqual(key('A'));
  expect(again.get('https://meet.example')).toEqual({ trust: 'ca' });
  expect(again.get('https://10.0.0.2:7443')).toBeUndefined();
  expect(again.get('constructor')).toBeUndefined();
});

it('forgets the oldest beyond the limit', () => {
  const path = file('full');
  const full = Array.from({ length: MAX_KNOWN_HOSTS }, (_, index) => [`https://h${index}`, key('A')] as const);
  writeFileSync(path, JSON.stringify({ version: 2, hosts: Object.fromEntries(full) }));
  const known = new KnownHosts(path);
  known.remember('https://new', key('B'));
  const now = ['https://new', 'https://h0', 'https://h1'].map((origin) => known.get(origin));
  expect(now).toEqual([key('B'), undefined, key('A')]);
  const { version, hosts } = JSON.parse(readFileSync(path, 'utf8')) as { version: number; hosts: object };
  expect([version, Object.keys(hosts).length]).toEqual([2, MAX_KNOWN_HOSTS]);
});

it('starts anew when the file is damaged', () => {
  writeFileSync(file('damaged'), '{"https://10.0.0.1":');
  writeFileSync(file('strange'), '{"https://10.0.0.1": 7}');
  for (const name of ['damaged', 'strange']) {
    const known = new KnownHosts(file(name));
    expect(known.get('https://10.0.0.1')).toBeUndefined();
    known.remember('https://10.0.0.1', key('A'));
    expect(new KnownHosts(file(name)).get('https://10.0.0.1')).toEqual(key('A'));
  }
});
