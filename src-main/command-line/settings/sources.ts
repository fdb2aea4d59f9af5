/** Where settings come from: options, environment variables, a config file. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { UsageError } from '../usage-error.ts';
import { nearest } from './nearest.ts';
import { fromText, variableOf } from './setting.ts';
import { isSettingName, SETTING_NAMES, SETTINGS } from './table.ts';

export interface Source {
  /** What one setting is called there, at the beginning of a sentence about it. */
  nameOf(setting: string): string;
  /** Where a value comes from, for `--print-config`. */
  originOf(setting: string): string;
  /** By the names of settings, not checked yet. */
  readonly values: Readonly<Record<string, unknown>>;
  /** A sentence for each name that is no setting. */
  readonly unknown: readonly string[];
  /** What relative paths in it are relative to; absent: the folder in which the program was started. */
  readonly folder?: string;
}

/** The config file's own variable, and what other parts of Parley read: none is a setting. */
const OTHER_VARIABLES = ['PARLEY_CONFIG', 'PARLEY_BROWSER', 'PARLEY_FIREFOX', 'PARLEY_LOCALE'];
/** A variable that takes more changes than this to become a setting's is somebody else's. */
const MISTYPED = 2;

/** @param written by the names of options, as `parseArgs` reads them */
export function optionSource(
  written: Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
): Source {
  const values = SETTING_NAMES.flatMap((name): [string, unknown][] => {
    const value = written[name];
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? fromText(SETTINGS[name].kind, value) : value]];
  });
  const nameOf = (name: string) => `--${name}`;
  return { nameOf, originOf: nameOf, values: Object.fromEntries(values), unknown: [] };
}

/** An empty variable is as good as none. Lists are separated by commas. */
export function variableSource(env: Readonly<NodeJS.ProcessEnv>): Source {
  const values = SETTING_NAMES.flatMap((name): [string, unknown][] => {
    const text = env[variableOf(name)];
    return text ? [[name, fromText(SETTINGS[name].kind, text)]] : [];
  });
  const variables = SETTING_NAMES.map(variableOf);
  const known = new Set([...variables, ...OTHER_VARIABLES]);
  const unknown = Object.keys(env).flatMap((variable) => {
    if (!variable.startsWith('PARLEY_') || known.has(variable)) return [];
    const { name, distance } = nearest(variable, variables);
    return distance > MISTYPED ? [] : [`${variable} is not a setting. Did you mean ${name}?`];
  });
  return { nameOf: variableOf, originOf: variableOf, values: Object.fromEntries(values), unknown };
}

/** A config file in TOML 1.0. @throws {UsageError} it cannot be read, or is no TOML */
export function fileSource(file: string): Source {
  const values = readToml(file);
  const unknown = Object.keys(values)
    .filter((key) => !isSettingName(key))
    .map((key) => `${file}: "${key}" is not a setting. Did you mean "${nearest(key, SETTING_NAMES).name}"?`);
  return {
    nameOf: (name) => `${file}: ${name}`,
    originOf: () => file,
    values,
    unknown,
    folder: dirname(resolve(file)),
  };
}

function readToml(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The config file ${file} cannot be read (${why}).`, { cause: error });
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ''] = error.message.split('\n');
    const why = first.replace('Invalid TOML document: ', '');
    throw new UsageError(`${file}, line ${error.line}, column ${error.column}: not TOML: ${why}.`, { cause: error });
  }
}
