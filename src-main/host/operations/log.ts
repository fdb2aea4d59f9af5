import { inspect } from 'node:util';
import type { Log, LogFields } from '../meeting/log.ts';

const LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/**
 * Writes one line per event, in logfmt: `2026-01-31T09:30:00.000Z info Host is listening port=7443`.
 * Everything that is not a plain word is quoted, so nobody's name can forge a line.
 *
 * @param options.level what is less urgent is not written
 */
export function createLog(
  stream: { write(line: string): unknown },
  { level = 'info', now = () => new Date() }: { level?: LogLevel; now?: () => Date } = {},
): Log {
  const write =
    (urgency: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(urgency) < LEVELS.indexOf(level)) return;
      const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
      const written = pairs.map(([name, value]) => ` ${name}=${formatted(value)}`).join('');
      stream.write(`${now().toISOString()} ${urgency} ${oneLine(message)}${written}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function formatted(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(withCauses(value));
  if (typeof value !== 'string') return oneLine(inspect(value, { breakLength: Infinity }));
  return /^[\w.:/@-]+$/.test(value) ? value : JSON.stringify(value);
}

function withCauses(error: Error): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${own}\ncaused by ${withCauses(error.cause)}` : own;
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
