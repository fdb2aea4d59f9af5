import { expect, test } from 'vitest';
import { nearbyLine, nearbyText } from './nearby.ts';

const host = {
  name: 'Reading room',
  version: '0.1.0',
  fingerprint: 'Q0SF1pl94uBee0fD4DKlaAetX-nESiPLjmWvEl_szTk',
  origins: ['https://10.0.0.2:7443', 'https://[fd00::2]:7443'],
  sharesName: false,
};

test('a host is shown with its addresses and its words', () => {
  expect(nearbyText([host], true)).toBe(
    'Reading room (Parley 0.1.0)\n  https://10.0.0.2:7443\n  https://[fd00::2]:7443\n  drive category interest cream taste ice\n',
  );
});

test('one of two hosts with the same name is shown as such', () => {
  const text = nearbyText([{ ...host, sharesName: true }, host], true);
  expect(text).toMatch(/ice\n {2}Another host announces the same name .*\n\nReading room/);
});

test('no host is explained', () => {
  expect(nearbyText([], true)).toMatch(/^No host announces itself/);
  expect(nearbyText([], false)).toMatch(/on no network/);
});

test('programs read a line for each', () => {
  expect(JSON.parse(nearbyLine(host))).toEqual({ event: 'nearby', ...host });
  expect(nearbyLine(host)).toMatch(/^[^\n]+\n$/);
});
