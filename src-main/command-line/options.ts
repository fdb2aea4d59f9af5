/** What `npm run host` and `parley` understand. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { optionHelp, settingsHelp } from './settings/describe.ts';
import { nearest } from './settings/nearest.ts';
import { type Resolved, resolveSettings } from './settings/resolve.ts';
import { fileSource, optionSource, variableSource } from './settings/sources.ts';
import { SETTING_NAMES, SETTINGS } from './settings/table.ts';
import { UsageError } from './usage-error.ts';

/** What is to be done. */
export type CommandLine =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | ({ readonly command: 'host' | 'check' | 'list' | 'print-config' | 'rooms' } & Resolved)
  | ({ readonly command: 'end'; readonly roomId: string } & Resolved);

export const HELP = `Hosts video meetings on this computer, for everyone on its network.

Usage: npm run host -- [options]
       parley [options]
       parley rooms [options]      lists the meetings of the running host
       parley end ROOM [options]   ends one of them, for everybody in it

${settingsHelp()}
${[
  optionHelp('--config FILE', 'read settings from this file (TOML); an option or a variable counts more'),
  optionHelp('--check', 'say what would keep guests from joining, and end; as root also what the firewall does'),
  optionHelp('--list', 'list the hosts that announce themselves on the local network, and end'),
  optionHelp('--print-config', 'print what counts and where each value comes from, and end'),
  optionHelp('--help', 'show this'),
  optionHelp('--version', 'show the version'),
].join('')}
Every setting is also an environment variable, such as PARLEY_MEDIA_PORT, and a
key of the config file. Ctrl+C ends the host and all its meetings.
`;

/** Options that say what to do, and are no settings. */
const OTHER_OPTIONS = {
  config: { type: 'string' },
  check: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  'print-config': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

const SETTING_OPTIONS: ParseArgsOptionsConfig = Object.fromEntries(
  SETTING_NAMES.map((name) => {
    const { kind } = SETTINGS[name];
    return [name, { type: kind === 'switch' ? 'boolean' : 'string', multiple: kind === 'list' }];
  }),
);

/** An option that takes more changes than this to become a known one is not a mistyped one. */
const MISTYPED = 3;

/**
 * @param args what follows the program's name
 * @param env the environment variables
 * @throws {UsageError}
 */
export function readCommandLine(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): CommandLine {
  const { values, positionals } = readArguments(args);
  const { help, version, config, check, list, 'print-config': print, ...written } = values;
  if (help) return { command: 'help' };
  if (version) return { command: 'version' };
  const file = config ?? env['PARLEY_CONFIG'];
  const sources = [optionSource(written), variableSource(env), ...(file ? [fileSource(file)] : [])];
  const resolved = resolveSettings(sources);
  const asked = readSubcommand(positionals);
  if (asked) return { ...asked, ...resolved };
  const command = print ? 'print-config' : check ? 'check' : list ? 'list' : 'host';
  return { command, ...resolved };
}

/** What stands there beside options; null: nothing. */
function readSubcommand([name, roomId, ...more]: readonly string[]) {
  if (name === undefined) return null;
  const unexpected = (argument: string) =>
    new UsageError(`Unexpected argument '${argument}'; --help shows all options.`);
  const [extra] = name === 'rooms' ? [roomId] : more;
  if (name !== 'rooms' && name !== 'end') throw unexpected(name);
  if (extra !== undefined) throw unexpected(extra);
  if (name === 'rooms') return { command: name } as const;
  if (roomId === undefined)
    throw new UsageError('Say which meeting is to end: parley end ROOM. `parley rooms` lists them.');
  return { command: name, roomId } as const;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...SETTING_OPTIONS, ...OTHER_OPTIONS },
      allowNegative: true,
      allowPositionals: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const mistyped = /^Unknown option '--([^']+)'/.exec(why)?.[1];
    const { name, distance } = nearest(mistyped ?? '', [...SETTING_NAMES, ...Object.keys(OTHER_OPTIONS)]);
    const hint = mistyped !== undefined && distance <= MISTYPED ? ` Did you mean --${name}?` : '';
    const [sentence = why] = why.split(/\.\s|\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}; --help shows all options.${hint}`, { cause: error });
  }
}
