/** Where the host writes down what happens. Fields never hold tokens, queries or what people say. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Does what nobody has asked for and so nobody is answered about: if it fails, that is only noted. */
export function attempt(log: Log, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.warn('What this host keeps could not be read or written', { error });
  }
}
