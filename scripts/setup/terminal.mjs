// @ts-check

/** ECMA-48 control sequences. */
export const CURSOR = {
  /** To the start of the line, which is emptied. */
  rewrite: '\r\u001b[2K',
};
