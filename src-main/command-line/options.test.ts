import { describe, expect, test } from 'vitest';
import { HELP, readCommandLine, UsageError } from './options.ts';

test('without options: port 7443, for the local network', () => {
  expect(readCommandLine([])).toEqual({
    port: 7443,
    addresses: [],
    create: 'lan',
    allowedOrigins: [],
    open: false,
    json: false,
  });
});

test('all options', () => {
  expect(
    readCommandLine([
      ...['--port', '0', '--media-port=50000', '--address', '203.0.113.9', '--address', 'meet.example.org'],
      ...['--cert', 'fullchain.pem', '--key', 'privkey.pem', '--public-url', 'https://meet.example.org:8443'],
      ...['--name', ' Reception ', '--data', '/srv/parley', '--create', 'anyone'],
      ...['--allow-origin', 'https://intranet.example', '--allow-origin', 'http://localhost:5173', '--open', '--json'],
    ]),
  ).toEqual({
    port: 0,
    mediaPort: 50_000,
    addresses: ['203.0.113.9', 'meet.example.org'],
    name: 'Reception',
    data: '/srv/parley',
    certificate: { cert: 'fullchain.pem', key: 'privkey.pem' },
    publicUrl: 'https://meet.example.org:8443',
    create: 'anyone',
    allowedOrigins: ['https://intranet.example', 'http://localhost:5173'],
    open: true,
    json: true,
  });
});

test('help and version come before everything else', () => {
  expect(readCommandLine(['--help', '--port', 'x'])).toBe('help');
  expect(readCommandLine(['-h'])).toBe('help');
  expect(readCommandLine(['--version'])).toBe('version');
});

describe('what cannot be carried out is one sentence', () => {
  test.each([
    [['--port', 'many'], '--port takes a number from 0 to 65535, not "many".'],
    [['--port', '65536'], '--port takes a number from 0 to 65535, not "65536".'],
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
    [['--cert', 'fullchain.pem'], '--cert and --key belong together: give both, or neither.'],
    [['--key', 'privkey.pem'], '--cert and --key belong together: give both, or neither.'],
    [
      ['--public-url', 'http://meet.example.org'],
      '--public-url takes an address such as https://meet.example.org, not "http://meet.example.org".',
    ],
    [['--lobby'], "Unknown option '--lobby'; --help shows all options."],
    [['--port'], "Option '--port <value>' argument missing; --help shows all options."],
    [['--open=yes'], "Option '--open' does not take an argument; --help shows all options."],
    [['meeting'], "Unexpected argument 'meeting'; --help shows all options."],
  ])('%j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(new UsageError(message));
  });
});

test('the help names every option', () => {
  const options = [
    'port',
    'media-port',
    'address',
    'name',
    'data',
    'cert',
    'public-url',
    'create',
    'allow-origin',
    'open',
    'json',
    'version',
  ];
  for (const option of options) expect(HELP).toContain(`  --${option}`);
  expect(Math.max(...HELP.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
