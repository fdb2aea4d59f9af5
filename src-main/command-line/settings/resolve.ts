/** Which value of each setting counts: an option's before a variable's, before the config file's. */
import { resolve } from 'node:path';
import * as v from 'valibot';
import { isLoopback } from '../../host/address.ts';
import { UsageError } from '../usage-error.ts';
import type { Source } from './sources.ts';
import { isSettingName, SETTING_NAMES, SETTINGS, type SettingName, type Settings, SettingsSchema } from './table.ts';

export interface Resolved {
  readonly settings: Settings;
  /** Where each value that is set comes from. */
  readonly origins: Readonly<Partial<Record<SettingName, string>>>;
}

/**
 * @param sources the one that counts most first
 * @throws {UsageError} a line for each thing that is wrong, also with a value that another source overrides
 */
export function resolveSettings(sources: readonly Source[]): Resolved {
  const wrong: string[] = [];
  let settings: Settings = {};
  let origins: Partial<Record<SettingName, string>> = {};
  for (const source of sources.toReversed()) {
    wrong.push(...source.unknown);
    const known = Object.fromEntries(Object.entries(source.values).filter(([name]) => isSettingName(name)));
    const result = v.safeParse(SettingsSchema, absolute(known, source.folder));
    if (!result.success) {
      wrong.push(...result.issues.map((issue) => sentence(issue, source)));
      continue;
    }
    settings = { ...settings, ...result.output };
    const given = SETTING_NAMES.filter((name) => result.output[name] !== undefined);
    origins = { ...origins, ...Object.fromEntries(given.map((name) => [name, source.originOf(name)])) };
  }
  if (wrong.length === 0) wrong.push(...contradictions(settings, origins));
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return { settings, origins };
}

/** Paths in a config file become absolute; an empty one stays, to be refused. */
function absolute(values: Record<string, unknown>, folder: string | undefined): Record<string, unknown> {
  if (folder === undefined) return values;
  const entries = Object.entries(values).map(([name, value]): [string, unknown] => {
    const isPath = isSettingName(name) && SETTINGS[name].kind === 'path' && typeof value === 'string' && value !== '';
    return [name, isPath ? resolve(folder, value) : value];
  });
  return Object.fromEntries(entries);
}

function sentence(issue: v.BaseIssue<unknown>, source: Source): string {
  const [of, item] = issue.path ?? [];
  const name = String(of?.key);
  if (!isSettingName(name)) return `${source.nameOf(name)}: ${issue.message}`;
  const { kind, expected, secret } = SETTINGS[name];
  const whole = kind === 'list' && item === undefined ? `a list in brackets, each item ${expected}` : expected;
  const raw = (item ?? of)?.value;
  return `${source.nameOf(name)} takes ${whole}${secret ? '' : `, not ${shown(raw)}`}.`;
}

/** As TOML and JSON write it, and no longer than a line. */
function shown(raw: unknown): string {
  const text = typeof raw === 'bigint' ? String(raw) : JSON.stringify(raw);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** What cannot count together. */
function contradictions(settings: Settings, origins: Resolved['origins']): string[] {
  const { cert, key, 'monitoring-address': address, 'monitoring-token': token } = settings;
  const wrong: string[] = [];
  if ((cert === undefined) !== (key === undefined)) {
    const origin = cert === undefined ? origins.key : origins.cert;
    wrong.push(`${origin}: a certificate and its key belong together: set both cert and key, or neither.`);
  }
  if (address !== undefined && !isLoopback(address) && token === undefined) {
    const origin = origins['monitoring-address'];
    wrong.push(`${origin}: monitoring-address ${address} is open to other computers: set monitoring-token too.`);
  }
  return wrong;
}
