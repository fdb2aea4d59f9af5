import { expect, test } from 'vitest';
import { computerName } from './computer-name.ts';

test.each([
  ['Miras-MacBook-Pro.local', 'Miras MacBook Pro'],
  ['reception', 'reception'],
  ['server.example.org', 'server.example.org'],
  ['box.fritz.box', 'box'],
  ['localhost', 'Mira’s computer'],
  ['localhost.localdomain', 'Mira’s computer'],
  ['3f2a9c81d07b', 'Mira’s computer'],
  ['', 'Mira’s computer'],
])('%s is known as %s', (hostname, name) => {
  expect(computerName({ hostname, username: 'mira' })).toBe(name);
});

test('no name is longer than a name may be', () => {
  expect(computerName({ hostname: 'a'.repeat(200), username: 'mira' })).toHaveLength(64);
});
