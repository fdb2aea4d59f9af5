import { expect, it } from 'vitest';
import { decide } from './decide.ts';

const [A, B] = ['a'.repeat(43), 'b'.repeat(43)];
const selfMade = { fingerprint: A, vouchedFor: false };
const vouched = { fingerprint: A, vouchedFor: true };

it('believes the key the link names, and only that', () => {
  expect(decide(A, selfMade, undefined)).toEqual({ trust: 'link', fingerprint: A });
  expect(decide(A, selfMade, B)).toEqual({ trust: 'link', fingerprint: A });
  expect(() => decide(B, selfMade, A)).toThrow(expect.objectContaining({ code: 'KEY_CHANGED' }));
  expect(() => decide(B, vouched, undefined)).toThrow(expect.objectContaining({ code: 'KEY_CHANGED' }));
});

it('without one believes the authorities, then memory, then the first use', () => {
  expect(decide(undefined, vouched, B)).toEqual({ trust: 'authority', fingerprint: null });
  expect(decide(undefined, selfMade, A)).toEqual({ trust: 'known', fingerprint: A });
  expect(decide(undefined, selfMade, undefined)).toEqual({ trust: 'first-use', fingerprint: A });
});

it('refuses an address that had another key', () => {
  expect(() => decide(undefined, selfMade, B)).toThrow(expect.objectContaining({ code: 'KEY_CHANGED' }));
});
