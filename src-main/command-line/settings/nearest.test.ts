import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const KNOWN = ['port', 'media-port', 'name'];

test.each([
  ['prot', { name: 'port', distance: 1 }],
  ['prt', { name: 'port', distance: 1 }],
  ['portt', { name: 'port', distance: 1 }],
  ['part', { name: 'port', distance: 1 }],
  ['media_prot', { name: 'media-port', distance: 2 }],
  ['name', { name: 'name', distance: 0 }],
])('%s', (mistyped, found) => {
  expect(nearest(mistyped, KNOWN)).toEqual(found);
});
