import type { Measures } from './measures.ts';

/** The host's log. Fields never contain tokens, queries or what people say. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Where what happens is counted; absent: nowhere. */
  readonly measures?: Measures;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Runs what is not the answer to a request. A failure is logged only. */
export function attempt(log: Log, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.warn('What this host keeps could not be read or written', { error });
  }
}
