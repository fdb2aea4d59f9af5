/** A join that is over within this time needs no words, ms: nobody could read them, and drawing them delays it. */
export const PATIENCE_MS = 300;
