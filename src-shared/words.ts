/** Shows a certificate's fingerprint as words that two people can read to each other and compare. */
import { wordlist } from '@scure/bip39/wordlists/english.js';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const WORDS = 6;
/** The list has 2048 words, no two alike in their first four letters (BIP 39). */
const BITS_PER_WORD = 11;

/**
 * The first 66 bits of a fingerprint as six English words; both ends show the same.
 *
 * @param fingerprint base64url of SHA-256 over the certificate's SPKI
 * @throws {RangeError} when it is not base64url, or too short
 */
export function fingerprintWords(fingerprint: string): string[] {
  const bits = Array.from(fingerprint, (character) => {
    const value = BASE64URL.indexOf(character);
    if (value < 0) throw new RangeError('A fingerprint is base64url');
    return value.toString(2).padStart(6, '0');
  }).join('');
  return Array.from({ length: WORDS }, (_, index) => {
    const word = bits.slice(index * BITS_PER_WORD, (index + 1) * BITS_PER_WORD);
    const written = word.length === BITS_PER_WORD ? wordlist[parseInt(word, 2)] : undefined;
    if (written === undefined) throw new RangeError('A fingerprint is longer than this');
    return written;
  });
}
