import { describe, expect, test } from 'vitest';
import { HELP, readCommandLine } from './options.ts';
import { SETTING_NAMES } from './settings/table.ts';
import { UsageError } from './usage-error.ts';

const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => readCommandLine(args, env);

test('without options: nothing is set, the host’s own defaults count', () => {
  expect(read([])).toEqual({ command: 'host', settings: {}, origins: {} });
});

test('all options', () => {
  expect(
    read([
      ...['--port', '0', '--media-port=50000', '--address', '203.0.113.9', '--address', 'meet.example.org'],
      ...['--cert', 'fullchain.pem', '--key', 'privkey.pem', '--public-url', 'https://meet.example.org:8443'],
      ...['--name', ' Reception ', '--data', '/srv/parley', '--create', 'anyone'],
      ...[
        '--allow-origin',
        'https://intranet.example',
        '--allow-origin',
        'http://localhost:5173',
        '--no-announce',
        '--open',
        '--json',
      ],
    ]),
  ).toMatchObject({
    command: 'host',
    settings: {
      port: 0,
      'media-port': 50_000,
      address: ['203.0.113.9', 'meet.example.org'],
      name: 'Reception',
      data: '/srv/parley',
      cert: 'fullchain.pem',
      key: 'privkey.pem',
      'public-url': 'https://meet.example.org:8443',
      create: 'anyone',
      'allow-origin': ['https://intranet.example', 'http://localhost:5173'],
      announce: false,
      open: true,
      json: true,
    },
  });
});

test('help and version come before everything else', () => {
  expect(read(['--help', '--port', 'x'])).toEqual({ command: 'help' });
  expect(read(['-h'])).toEqual({ command: 'help' });
  expect(read(['--version'])).toEqual({ command: 'version' });
});

test('meetings of the running host are listed and ended', () => {
  expect(read(['rooms', '--data', '/srv'])).toMatchObject({ command: 'rooms', settings: { data: '/srv' } });
  expect(read(['end', 'ab12', '--data', '/srv'])).toMatchObject({ command: 'end', roomId: 'ab12' });
});

test('--config and PARLEY_CONFIG name the config file, the option first', () => {
  const missing = (path: string) => new RegExp(`^The config file ${path} cannot be read`);
  expect(() => read([], { PARLEY_CONFIG: '/nowhere/a.toml' })).toThrow(missing('/nowhere/a.toml'));
  expect(() => read(['--config', '/nowhere/b.toml'], { PARLEY_CONFIG: '/nowhere/a.toml' })).toThrow(
    missing('/nowhere/b.toml'),
  );
});

test('--list looks for other hosts', () => {
  expect(read(['--list', '--json'])).toMatchObject({ command: 'list', settings: { json: true } });
});

test('--print-config hosts nothing', () => {
  expect(read(['--print-config', '--port', '1'])).toEqual({
    command: 'print-config',
    settings: { port: 1 },
    origins: { port: '--port' },
  });
});

describe('what cannot be carried out is one sentence', () => {
  test.each([
    [['--port', 'many'], '--port takes a number from 0 to 65535, not "many".'],
    [['--port', '65536'], '--port takes a number from 0 to 65535, not 65536.'],
    [['--port=-1'], '--port takes a number from 0 to 65535, not "-1".'],
    [['--media-port', ''], '--media-port takes a number from 0 to 65535, not "".'],
    [['--address', 'no such/name'], '--address takes an IP address or a host name, not "no such/name".'],
    [['--name', ' '], '--name takes a name of 1 to 64 characters, not " ".'],
    [['--data', ''], '--data takes a folder, not "".'],
    [['--create', 'everyone'], '--create takes local, lan or anyone, not "everyone".'],
    [
      ['--allow-origin', 'intranet.example/'],
      '--allow-origin takes an origin such as https://intranet.example, not "intranet.example/".',
    ],
    [
      ['--cert', 'fullchain.pem'],
      '--cert: a certificate and its key belong together: set both cert and key, or neither.',
    ],
    [['--key', 'privkey.pem'], '--key: a certificate and its key belong together: set both cert and key, or neither.'],
    [
      ['--public-url', 'http://meet.example.org'],
      '--public-url takes an address such as https://meet.example.org, not "http://meet.example.org".',
    ],
    [['--waiting-room'], "Unknown option '--waiting-room'; --help shows all options."],
    [['--medai-port', '1'], "Unknown option '--medai-port'; --help shows all options. Did you mean --media-port?"],
    [['--port'], "Option '--port <value>' argument missing; --help shows all options."],
    [['--open=yes'], "Option '--open' does not take an argument; --help shows all options."],
    [['rooms', 'x'], "Unexpected argument 'x'; --help shows all options."],
    [['end', 'x', 'y'], "Unexpected argument 'y'; --help shows all options."],
    [['end'], 'Say which meeting is to end: parley end ROOM. `parley rooms` lists them.'],
    [['meeting'], "Unexpected argument 'meeting'; --help shows all options."],
  ])('%j', (args, message) => {
    expect(() => read(args)).toThrow(new UsageError(message));
  });
});

test('the help names every option, in lines of 80 columns', () => {
  const options = [...SETTING_NAMES, 'config', 'print-config', 'help', 'version'];
  for (const option of options) expect(HELP).toMatch(new RegExp(`^  --${option}( |$)`, 'm'));
  expect(Math.max(...HELP.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
