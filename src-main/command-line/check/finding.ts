/** One thing that `--check` has looked at. */
export interface Finding {
  /** `problem` keeps guests from joining; `note` may, or could not be looked at. */
  readonly level: 'ok' | 'note' | 'problem';
  /** A sentence or two: what was found, and for a problem what to do. */
  readonly text: string;
}

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const note = (text: string): Finding => ({ level: 'note', text });
export const problem = (text: string): Finding => ({ level: 'problem', text });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
