// @ts-check

/** POSIX.1-1988 (ustar): every header and every content fills whole blocks. */
const BLOCK = 512;
const NAME = { start: 0, end: 100 };
const SIZE = { start: 124, end: 136 };
const TYPE = 156;
const REGULAR_FILE = '0';

/**
 * The content of a file at the top of a tar archive; null: it is not in there.
 *
 * @param {Buffer} archive not compressed
 * @param {string} wanted
 * @returns {Buffer | null}
 */
export function extractFile(archive, wanted) {
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    const name = text(header.subarray(NAME.start, NAME.end)).replace(/^\.\//, '');
    const size = Number.parseInt(text(header.subarray(SIZE.start, SIZE.end)), 8) || 0;
    const type = String.fromCharCode(header[TYPE] || REGULAR_FILE.charCodeAt(0));
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (name === wanted && type === REGULAR_FILE && content.length === size) return content;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return null;
}

/** Fields end with a NUL or at their full width. @param {Buffer} field */
function text(field) {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end).trim();
}
