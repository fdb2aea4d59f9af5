import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { KnownHosts } from './known-hosts.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-known-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

it('remembers a key from one start to the next', () => {
  new KnownHosts(file('kept')).remember('https://10.0.0.1:7443', 'A');
  const again = new KnownHosts(file('kept'));
  expect(again.get('https://10.0.0.1:7443')).toBe('A');
  expect(again.get('https://10.0.0.2:7443')).toBeUndefined();
  expect(again.get('constructor')).toBeUndefined();
});

it('forgets the oldest beyond the limit', () => {
  const path = file('full');
  const full = Object.fromEntries(Array.from({ length: MAX_KNOWN_HOSTS }, (_, index) => [`https://h${index}`, 'A']));
  writeFileSync(path, JSON.stringify(full));
  const known = new KnownHosts(path);
  known.remember('https://new', 'B');
  expect([known.get('https://new'), known.get('https://h0'), known.get('https://h1')]).toEqual(['B', undefined, 'A']);
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toHaveLength(MAX_KNOWN_HOSTS);
});

it('starts anew when the file is damaged', () => {
  writeFileSync(file('damaged'), '{"https://10.0.0.1":');
  writeFileSync(file('strange'), '{"https://10.0.0.1": 7}');
  for (const name of ['damaged', 'strange']) {
    const known = new KnownHosts(file(name));
    expect(known.get('https://10.0.0.1')).toBeUndefined();
    known.remember('https://10.0.0.1', 'A');
    expect(new KnownHosts(file(name)).get('https://10.0.0.1')).toBe('A');
  }
});
