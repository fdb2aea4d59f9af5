/** What `npm run host` understands. */
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { UserName } from '../../src-shared/protocol/values/primitives.ts';
import { DEFAULT_PORT } from '../host/address.ts';
import type { RoomCreators } from '../host/host.ts';

export interface CommandLine {
  readonly port: number;
  readonly mediaPort?: number;
  readonly addresses: readonly string[];
  readonly name?: string;
  readonly data?: string;
  /** Paths of a certificate and its key. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly publicUrl?: string;
  readonly create: RoomCreators;
  readonly allowedOrigins: readonly string[];
  readonly open: boolean;
  readonly json: boolean;
}

/** What was written cannot be carried out; `message` is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Hosts video meetings on this computer, for everyone on its network.

Usage: npm run host -- [options]

  --port N              port for page and signaling (default ${DEFAULT_PORT};
                        0: any free one)
  --media-port N        first port for sound and pictures, UDP and TCP, one more
                        per core (default: the one after --port)
  --address A           address or name others reach this computer at, instead
                        of those of its network interfaces; may be repeated
  --name S              what people know this computer as
  --data DIR            where the host keeps its key and its meetings
  --cert FILE, --key FILE
                        a certificate (PEM) that others vouch for, and its key,
                        instead of one that Parley makes; replaced files are
                        taken up while the host runs
  --public-url URL      what links say, such as https://meet.example.org,
                        instead of an address of this computer
  --create WHO          who may start meetings: local (people at this computer),
                        lan (its network, the default) or anyone
  --allow-origin O      origin of another site whose pages may use this host,
                        such as https://intranet.example; may be repeated
  --open                open the host's page in the browser
  --json                for programs: write one line of JSON when ready, and the
                        log as lines of JSON
  --help                show this
  --version             show the version

Ctrl+C ends the host and all its meetings.
`;

const Port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535));
const Creators = v.picklist(['local', 'lan', 'anyone']);
const Address = v.pipe(
  v.string(),
  v.check((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(text)),
);
const WebOrigin = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text),
);

const PublicUrl = v.pipe(
  WebOrigin,
  v.check((text) => text.startsWith('https://')),
);
const Path = v.pipe(v.string(), v.nonEmpty());

/**
 * @param args what follows the program's name
 * @returns the options, or which text to show instead of hosting
 * @throws {UsageError}
 */
export function readCommandLine(args: readonly string[]): CommandLine | 'help' | 'version' {
  const written = readArguments(args);
  if (written.help) return 'help';
  if (written.version) return 'version';
  const { name, data, cert, key } = written;
  const publicUrl = written['public-url'];
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('--cert and --key belong together: give both, or neither.');
  }
  const mediaPort = written['media-port'];
  return {
    port: written.port === undefined ? DEFAULT_PORT : value(Port, written.port, '--port', 'a number from 0 to 65535'),
    ...(mediaPort !== undefined && {
      mediaPort: value(Port, mediaPort, '--media-port', 'a number from 0 to 65535'),
    }),
    addresses: written.address.map((address) => value(Address, address, '--address', 'an IP address or a host name')),
    ...(name !== undefined && { name: value(UserName, name, '--name', 'a name of 1 to 64 characters') }),
    ...(data !== undefined && { data: value(Path, data, '--data', 'a folder') }),
    ...(cert !== undefined &&
      key !== undefined && {
        certificate: { cert: value(Path, cert, '--cert', 'a file'), key: value(Path, key, '--key', 'a file') },
      }),
    ...(publicUrl !== undefined && {
      publicUrl: value(PublicUrl, publicUrl, '--public-url', 'an address such as https://meet.example.org'),
    }),
    create: value(Creators, written.create, '--create', 'local, lan or anyone'),
    allowedOrigins: written['allow-origin'].map((origin) =>
      value(WebOrigin, origin, '--allow-origin', 'an origin such as https://intranet.example'),
    ),
    open: written.open,
    json: written.json,
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'media-port': { type: 'string' },
        address: { type: 'string', multiple: true, default: [] },
        name: { type: 'string' },
        data: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        'public-url': { type: 'string' },
        create: { type: 'string', default: 'lan' },
        'allow-origin': { type: 'string', multiple: true, default: [] },
        open: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const [sentence = why] = why.split(/\.\s|\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}; --help shows all options.`, { cause: error });
  }
}

function value<const Schema extends v.GenericSchema<string, unknown>>(
  schema: Schema,
  text: string,
  option: string,
  expected: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, text);
  if (!result.success) throw new UsageError(`${option} takes ${expected}, not "${text}".`);
  return result.output;
}
