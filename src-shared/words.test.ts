import { expect, test } from 'vitest';
import { fingerprintWords } from './words.ts';

/** A fingerprint that begins so. */
const fingerprint = (start: string) => start.padEnd(43, 'A');

test('the first 44 bits choose four of 2048 words', () => {
  expect(fingerprintWords(fingerprint(''))).toEqual(['abandon', 'abandon', 'abandon', 'abandon']);
  expect(fingerprintWords(fingerprint('_______w'))).toEqual(['zoo', 'zoo', 'zoo', 'zoo']);
  // The words numbered 1, 2, 4 and 8.
  expect(fingerprintWords(fingerprint('ACAIAgCA'))).toEqual(['ability', 'able', 'above', 'absurd']);
});

test('each of the 44 bits counts, and no other', () => {
  const plain = fingerprintWords(fingerprint('')).join(' ');
  const single = 'gQIECB';
  for (let bit = 0; bit < 44; bit += 1) {
    const start = 'A'.repeat(Math.floor(bit / 6)) + single.charAt(bit % 6);
    expect(fingerprintWords(fingerprint(start)).join(' '), `bit ${bit}`).not.toBe(plain);
  }
  expect(fingerprintWords(fingerprint('AAAAAAAP________')).join(' ')).toBe(plain);
});

test('what is no fingerprint has no words', () => {
  expect(() => fingerprintWords('not base64url!')).toThrow(RangeError);
  expect(() => fingerprintWords('AAAAAAA')).toThrow(RangeError);
});
