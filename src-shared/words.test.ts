import { expect, test } from 'vitest';
import { fingerprintWords } from './words.ts';

/** A fingerprint that begins so. */
const fingerprint = (start: string) => start.padEnd(43, 'A');

const words = (start: string) => fingerprintWords(fingerprint(start)).join(' ');

test('the first 66 bits choose six of 2048 words', () => {
  expect(words('')).toBe('abandon abandon abandon abandon abandon abandon');
  expect(words('___________')).toBe('zoo zoo zoo zoo zoo zoo');
  // The words numbered 1, 2, 4, 8, 16 and 32.
  expect(words('ACAIAgCAIAg')).toBe('ability able above absurd acoustic advice');
});

test('each of the 66 bits counts, and no other', () => {
  const single = 'gQIECB';
  for (let bit = 0; bit < 66; bit += 1) {
    const start = 'A'.repeat(Math.floor(bit / 6)) + single.charAt(bit % 6);
    expect(words(start), `bit ${bit}`).not.toBe(words(''));
  }
  expect(words('AAAAAAAAAAA________')).toBe(words(''));
});

test('what is no fingerprint has no words', () => {
  expect(() => fingerprintWords('not base64url!')).toThrow(RangeError);
  expect(() => fingerprintWords('AAAAAAAAAA')).toThrow(RangeError);
});
