import { expect, it } from 'vitest';
import { newSecret, sameSecret } from './secret.ts';

it('makes secrets that are never the same', () => {
  expect(newSecret()).toMatch(/^[0-9a-f]{64}$/);
  expect(newSecret()).not.toBe(newSecret());
});

it('tells secrets apart', () => {
  const secret = newSecret();
  expect(sameSecret(secret, secret)).toBe(true);
  expect(sameSecret(secret, `${secret.slice(0, -1)}x`)).toBe(false);
  expect(sameSecret(secret, '')).toBe(false);
  expect(sameSecret(secret, `${secret}0`)).toBe(false);
});
