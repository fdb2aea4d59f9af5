import { describe, expect, it } from 'vitest';
import { createWire } from './wire.ts';

describe('the wire between preload and main process', () => {
  const { pack, unpack } = createWire();

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['what JSON has', { text: 'x', number: -1.5, list: [true, [], {}] }],
    ['undefined inside', { absent: undefined, list: [undefined, 1] }],
  ])('carries %s', (_, value) => {
    expect(unpack(pack(value))).toStrictEqual(value);
  });

  it.each([
    ['a function', () => 0],
    ['not a number', NaN],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a map', { map: new Map() }],
    ['an error', new Error('x')],
  ])('refuses %s instead of changing it', (_, value) => {
    expect(() => pack(value)).toThrow('the stand-in carries no');
  });
});
