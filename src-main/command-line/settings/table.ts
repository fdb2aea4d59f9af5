/** Every setting of the host, once: options, variables, keys of the config file, `--help` and docs/hosting.md follow from it. */
import { isIP } from 'node:net';
import * as v from 'valibot';
import { UserName } from '../../../src-shared/protocol/values/primitives.ts';
import { DEFAULT_PORT } from '../../host/address.ts';
import type { Setting } from './setting.ts';

const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const Address = v.pipe(
  v.string(),
  v.check((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(text)),
);
const IpAddress = v.pipe(
  v.string(),
  v.check((text) => isIP(text) !== 0),
);
const MonitoringToken = v.pipe(v.string(), v.regex(/^[\w.~+/=-]{16,256}$/));
const WebOrigin = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text),
);
const PublicUrl = v.pipe(
  WebOrigin,
  v.check((text) => text.startsWith('https://')),
);
const Path = v.pipe(v.string(), v.nonEmpty());

/** What each setting accepts: checked for each source of settings by itself, at the start. */
export const SettingsSchema = v.strictObject({
  port: v.exactOptional(Port),
  'media-port': v.exactOptional(Port),
  address: v.exactOptional(v.array(Address)),
  name: v.exactOptional(UserName),
  data: v.exactOptional(Path),
  cert: v.exactOptional(Path),
  key: v.exactOptional(Path),
  'public-url': v.exactOptional(PublicUrl),
  create: v.exactOptional(v.picklist(['local', 'lan', 'anyone'])),
  'allow-origin': v.exactOptional(v.array(WebOrigin)),
  announce: v.exactOptional(v.boolean()),
  'monitoring-port': v.exactOptional(Port),
  'monitoring-address': v.exactOptional(IpAddress),
  'monitoring-token': v.exactOptional(MonitoringToken),
  open: v.exactOptional(v.boolean()),
  json: v.exactOptional(v.boolean()),
});
export type Settings = Readonly<v.InferOutput<typeof SettingsSchema>>;
export type SettingName = keyof Settings;

const PORT = { kind: 'number', expected: 'a number from 0 to 65535', argument: 'N' } as const;

export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  port: {
    ...PORT,
    help: 'port for page, API and signaling; 0: any free one',
    otherwise: String(DEFAULT_PORT),
  },
  'media-port': {
    ...PORT,
    help: 'first port for sound and pictures, UDP and TCP, one more for each core',
    otherwise: 'the one after port',
  },
  address: {
    kind: 'list',
    expected: 'an IP address or a host name',
    argument: 'A',
    help: 'address or name others reach this computer at, instead of those of its network interfaces',
    otherwise: 'those of the network interfaces',
  },
  name: {
    kind: 'text',
    expected: 'a name of 1 to 64 characters',
    argument: 'S',
    help: 'what people know this computer as',
    otherwise: 'the name of the computer',
  },
  data: {
    kind: 'path',
    expected: 'a folder',
    argument: 'DIR',
    help: 'where the host keeps its key and its meetings',
    otherwise: 'the system’s folder for application data',
  },
  cert: {
    kind: 'path',
    expected: 'a file',
    argument: 'FILE',
    help: 'certificate (PEM) that others vouch for, instead of one that Parley makes; a replaced file is taken up while the host runs',
    otherwise: 'the host makes its own',
  },
  key: {
    kind: 'path',
    expected: 'a file',
    argument: 'FILE',
    help: 'private key (PEM) of that certificate',
    otherwise: 'the host makes its own',
  },
  'public-url': {
    kind: 'text',
    expected: 'an address such as https://meet.example.org',
    argument: 'URL',
    help: 'what links say, such as https://meet.example.org, instead of an address of this computer',
    otherwise: 'an address of this computer',
  },
  create: {
    kind: 'text',
    expected: 'local, lan or anyone',
    argument: 'WHO',
    help: 'who may start meetings: local (people at this computer), lan (its network) or anyone',
    otherwise: 'lan',
  },
  'allow-origin': {
    kind: 'list',
    expected: 'an origin such as https://intranet.example',
    argument: 'O',
    help: 'origin of another site whose pages may use this host, such as https://intranet.example',
    otherwise: 'none',
  },
  announce: {
    kind: 'switch',
    expected: 'true or false',
    help: 'announce the host on its local networks, so that it is found without a link (--no-announce: do not)',
    otherwise: 'true',
  },
  'monitoring-port': {
    ...PORT,
    help: 'port for /healthz, /readyz and Prometheus metrics, for this computer alone',
    otherwise: 'no such port',
  },
  'monitoring-address': {
    kind: 'text',
    expected: 'an IP address',
    argument: 'A',
    help: 'address of this computer to open the monitoring port at; others than loopback need a token',
    otherwise: '127.0.0.1',
  },
  'monitoring-token': {
    kind: 'text',
    expected: '16 to 256 letters, digits and signs of . _ ~ + / = -',
    argument: 'T',
    help: 'what Prometheus must show for the metrics (Authorization: Bearer)',
    otherwise: 'nothing',
    secret: true,
  },
  open: {
    kind: 'switch',
    expected: 'true or false',
    help: 'open the host’s page in the browser',
    otherwise: 'false',
  },
  json: {
    kind: 'switch',
    expected: 'true or false',
    help: 'for programs: write one line of JSON when ready, and the log as lines of JSON',
    otherwise: 'false',
  },
};

export const SETTING_NAMES = Object.keys(SETTINGS).filter(isSettingName);

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}
