import { expect, test } from 'vitest';
import { hostNames, urlHost } from './names.ts';

const addresses = [
  { address: '192.168.1.5', local: true },
  { address: 'fd00::2', local: true },
];

test('a host answers to its addresses, to itself and to its .local name', () => {
  expect(hostNames({ addresses, hostname: 'Miras-Laptop.fritz.box' })).toEqual([
    '192.168.1.5',
    'fd00::2',
    'localhost',
    '127.0.0.1',
    '::1',
    'miras-laptop.local',
  ]);
});

test('a host name that is none in DNS is made one, or left out', () => {
  expect(hostNames({ addresses: [], hostname: 'Mira’s_PC' })).toContain('miraspc.local');
  expect(hostNames({ addresses: [], hostname: '電腦' })).toEqual(['localhost', '127.0.0.1', '::1']);
});

test('nothing is named twice', () => {
  expect(hostNames({ addresses: [{ address: '127.0.0.1', local: true }], hostname: '' })).toEqual([
    '127.0.0.1',
    'localhost',
    '::1',
  ]);
});

test('IPv6 stands in brackets in a URL', () => {
  expect(['192.168.1.5', 'fd00::2', 'meet.example.org'].map(urlHost)).toEqual([
    '192.168.1.5',
    '[fd00::2]',
    'meet.example.org',
  ]);
});
