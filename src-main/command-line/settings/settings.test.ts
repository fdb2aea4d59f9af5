import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsRows } from './describe.ts';
import { printConfig } from './print.ts';
import { resolveSettings } from './resolve.ts';
import { variableOf } from './setting.ts';
import { fileSource, optionSource, variableSource } from './sources.ts';
import { SETTING_NAMES, SETTINGS, SettingsSchema } from './table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A config file with this text. */
function configFile(text: string): string {
  const file = join(folder, 'parley.toml');
  writeFileSync(file, text);
  return file;
}

test('an option counts before a variable, a variable before the config file', () => {
  const file = configFile('port = 1\nname = "file"\ncreate = "local"\n');
  const { settings, origins } = resolveSettings([
    optionSource({ port: '3' }),
    variableSource({ PARLEY_PORT: '2', PARLEY_NAME: 'variable', PARLEY_CREATE: '' }),
    fileSource(file),
  ]);
  expect(settings).toEqual({ port: 3, name: 'variable', create: 'local' });
  expect(origins).toEqual({ port: '--port', name: 'PARLEY_NAME', create: file });
});

test('a config file can contain every setting, and so can variables', () => {
  const fromFile = fileSource(
    configFile(`
      port = 8443
      media-port = 8444
      address = ["192.168.1.5", "meet.example.org"]
      name = "School"
      data = "data"
      cert = "../chain.pem"
      key = "/etc/key.pem"
      public-url = "https://meet.example.org"
      create = "anyone"
      allow-origin = []
      announce = false
      monitoring-port = 9464
      monitoring-address = "::1"
      monitoring-token = "c2l4dGVlbi1jaGFycw"
      open = false
      json = true
    `),
  );
  const { settings } = resolveSettings([fromFile]);
  expect(settings).toEqual({
    port: 8443,
    'media-port': 8444,
    address: ['192.168.1.5', 'meet.example.org'],
    name: 'School',
    data: join(folder, 'data'),
    cert: join(folder, '..', 'chain.pem'),
    key: '/etc/key.pem',
    'public-url': 'https://meet.example.org',
    create: 'anyone',
    'allow-origin': [],
    announce: false,
    'monitoring-port': 9464,
    'monitoring-address': '::1',
    'monitoring-token': 'c2l4dGVlbi1jaGFycw',
    open: false,
    json: true,
  });
  expect(Object.keys(settings).toSorted()).toEqual([...SETTING_NAMES].toSorted());

  const variables = { PARLEY_ADDRESS: '192.168.1.5, meet.example.org', PARLEY_JSON: 'true', PARLEY_MEDIA_PORT: '8444' };
  expect(resolveSettings([variableSource(variables)]).settings).toEqual({
    address: ['192.168.1.5', 'meet.example.org'],
    json: true,
    'media-port': 8444,
  });
});

test('the schema and the table are about the same settings', () => {
  expect(Object.keys(SettingsSchema.entries)).toEqual(SETTING_NAMES);
});

describe('what is wrong is said with where it is', () => {
  test.each([
    ['prot = 7443', 'FILE: "prot" is not a setting. Did you mean "port"?'],
    ['[server]\nport = 1', 'FILE: "server" is not a setting. Did you mean "cert"?'],
    ['port = "7443"', 'FILE: port takes a number from 0 to 65535, not "7443".'],
    ['port = 70000', 'FILE: port takes a number from 0 to 65535, not 70000.'],
    [
      'address = "a.example"',
      'FILE: address takes a list in brackets, each item an IP address or a host name, not "a.example".',
    ],
    ['address = ["a.example", "b c"]', 'FILE: address takes an IP address or a host name, not "b c".'],
    ['cert = ""\nkey = "k"', 'FILE: cert takes a file, not "".'],
    ['open = 1', 'FILE: open takes true or false, not 1.'],
    ['key = "k.pem"', 'FILE: a certificate and its key belong together: set both cert and key, or neither.'],
    [
      'monitoring-address = "0.0.0.0"',
      'FILE: monitoring-address 0.0.0.0 is open to other computers: set monitoring-token too.',
    ],
    ['name = "a"\nport 3', 'FILE, line 2, column 6: not TOML: '],
  ])('%s', (text, message) => {
    const file = configFile(text);
    expect(() => resolveSettings([fileSource(file)])).toThrow(message.replace('FILE', file));
  });

  test('a mistyped variable; other variables are somebody else’s', () => {
    const resolve = (env: NodeJS.ProcessEnv) => () => resolveSettings([variableSource(env)]);
    expect(resolve({ PARLEY_PROT: '1' })).toThrow('PARLEY_PROT is not a setting. Did you mean PARLEY_PORT?');
    expect(resolve({ PARLEY_SERVICE_HOST: '10.0.0.1', PARLEY_BROWSER: '/usr/bin/chromium' })).not.toThrow();
    expect(resolve({ PARLEY_PORT: 'tcp://10.0.0.1:7443' })).toThrow(
      'PARLEY_PORT takes a number from 0 to 65535, not "tcp://10.0.0.1:7443".',
    );
  });

  test('all of it at once, also what another source overrides', () => {
    const file = configFile('port = -1\ncreate = "all"\n');
    expect(() => resolveSettings([optionSource({ port: '1' }), fileSource(file)])).toThrow(
      `${file}: port takes a number from 0 to 65535, not -1.\n${file}: create takes local, lan or anyone, not "all".`,
    );
  });
});

test('--print-config writes a config file that means the same, with where each value comes from', () => {
  const file = configFile('name = "Miras \\"Schule\\""\naddress = ["192.168.1.5"]\n');
  const resolved = resolveSettings([optionSource({ port: '8443' }), fileSource(file)]);
  const printed = printConfig(resolved);
  expect(parse(printed)).toEqual(resolved.settings);
  expect(printed).toContain('port = 8443  # from --port\n');
  expect(printed).toContain(`address = [ "192.168.1.5" ]  # from ${file}\n`);
  expect(printed).toContain('# create: not set (lan)\n');
});

test('a secret is not shown, whether it is right or wrong', () => {
  const right = resolveSettings([variableSource({ PARLEY_MONITORING_TOKEN: 'correct-horse-battery' })]);
  expect(printConfig(right)).toContain('monitoring-token = "…"  # from PARLEY_MONITORING_TOKEN\n');
  expect(printConfig(right)).not.toContain('correct-horse');
  const wrong = () => resolveSettings([variableSource({ PARLEY_MONITORING_TOKEN: 'short' })]);
  expect(wrong).toThrow(/^PARLEY_MONITORING_TOKEN takes 16 to 256 letters, digits and signs of \. _ ~ \+ \/ = -\.$/);
});

test('docs/hosting.md has the table of settings', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/hosting.md'), 'utf8');
  const section = text.slice(text.indexOf('\n## Settings\n'));
  const rows = [...section.matchAll(/^\| (`[a-z-]+` +\|.*) \|$/gm)].map(([, row = '']) =>
    row.trimEnd().split(/ *\| */),
  );
  expect(rows).toEqual(settingsRows());
  for (const name of SETTING_NAMES) expect(text).toContain(variableOf(name));
  expect(SETTING_NAMES.every((name) => SETTINGS[name].help !== '')).toBe(true);
});
