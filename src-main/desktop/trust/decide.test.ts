import { expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { KnownHost } from './known-hosts.ts';

const [A, B] = ['a'.repeat(43), 'b'.repeat(43)];
const selfMade = { fingerprint: A, vouchedFor: false };
const vouched = { fingerprint: A, vouchedFor: true };
const key = (fingerprint: string): KnownHost => ({ trust: 'key', fingerprint });
const ca: KnownHost = { trust: 'ca' };

const decided = (named: string | undefined, seen: typeof selfMade, known?: KnownHost, replaces = false) =>
  decide({ named, seen, known, replaces });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

it('accepts the key the link names, and no other', () => {
  expect(decided(A, selfMade)).toEqual({ trust: 'link', fingerprint: A, remember: key(A) });
  expect(() => decided(B, selfMade, key(A))).toThrow(refusal('KEY_CHANGED'));
  expect(() => decided(B, vouched)).toThrow(refusal('KEY_CHANGED'));
});

it('lets a link replace a known key only when the person agreed', () => {
  expect(() => decided(A, selfMade, key(B))).toThrow(refusal('KEY_UNCONFIRMED'));
  expect(() => decided(A, selfMade, ca)).toThrow(refusal('KEY_UNCONFIRMED'));
  expect(decided(A, selfMade, key(B), true)).toEqual({ trust: 'link', fingerprint: A, remember: key(A) });
  expect(decided(A, selfMade, ca, true)).toEqual({ trust: 'link', fingerprint: A, remember: key(A) });
});

it('without a key in the link remembers at the first contact whether an authority vouches', () => {
  expect(decided(undefined, vouched)).toEqual({ trust: 'authority', fingerprint: null, remember: ca });
  expect(decided(undefined, selfMade)).toEqual({ trust: 'first-use', fingerprint: A, remember: key(A) });
});

it('accepts from an address known by `ca` any certificate an authority vouches for, and no other', () => {
  expect(decided(undefined, { fingerprint: B, vouchedFor: true }, ca)).toMatchObject({ trust: 'authority' });
  expect(() => decided(undefined, selfMade, ca)).toThrow(refusal('KEY_CHANGED'));
  expect(decided(A, vouched, ca)).toEqual({ trust: 'link', fingerprint: A, remember: ca });
});

it('accepts from an address known by its key that key alone, whoever vouches for another', () => {
  expect(decided(undefined, selfMade, key(A))).toEqual({ trust: 'known', fingerprint: A, remember: key(A) });
  expect(decided(undefined, vouched, key(A))).toEqual({ trust: 'known', fingerprint: A, remember: key(A) });
  expect(() => decided(undefined, selfMade, key(B))).toThrow(refusal('KEY_CHANGED'));
  expect(() => decided(undefined, vouched, key(B))).toThrow(refusal('KEY_CHANGED'));
});

it('asks nobody to agree where nothing changes', () => {
  expect(decided(A, selfMade, key(A))).toEqual({ trust: 'link', fingerprint: A, remember: key(A) });
});
