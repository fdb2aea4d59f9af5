// @ts-check

/** The set-up cannot go on; the message is for the person before the terminal: what happened, why, what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}
