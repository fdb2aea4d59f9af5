import { inspect } from 'node:util';
import type { Log, LogFields } from '../meeting/log.ts';

const LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface LogOptions {
  /** What is less urgent is not written. */
  readonly level?: LogLevel;
  /** For programs: each line is a JSON object with `time`, `level`, `message` and the fields. */
  readonly json?: boolean;
  readonly now?: () => Date;
}

/**
 * Writes one line per event, by default in logfmt: `2026-01-31T09:30:00.000Z info Host is listening port=7443`.
 * Everything that is not a plain word is quoted, so that no user's text can forge a line.
 */
export function createLog(
  stream: { write(line: string): unknown },
  { level = 'info', json = false, now = () => new Date() }: LogOptions = {},
): Log {
  const write =
    (urgency: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(urgency) < LEVELS.indexOf(level)) return;
      const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
      const time = now().toISOString();
      if (json) {
        const values = Object.fromEntries(pairs.map(([name, value]) => [name, plainValue(value)]));
        const head = { time, level: urgency, message };
        // First, and not to be replaced by a field of the same name.
        stream.write(`${JSON.stringify(Object.assign({ ...head }, values, head))}\n`);
        return;
      }
      const written = pairs.map(([name, value]) => ` ${name}=${formatted(value)}`).join('');
      stream.write(`${time} ${urgency} ${oneLine(message)}${written}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function formatted(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(withCauses(value));
  if (typeof value !== 'string') return oneLine(inspect(value, { breakLength: Infinity }));
  return /^[\w.:/@-]+$/.test(value) ? value : JSON.stringify(value);
}

/** What JSON can say as it is; anything else as text. */
function plainValue(value: unknown): unknown {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  return value instanceof Error ? withCauses(value) : inspect(value, { breakLength: Infinity });
}

function withCauses(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\ncaused by ${withCauses(error.cause)}` : own;
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
