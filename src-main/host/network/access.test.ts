import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  MAX_REQUEST_BURST_PER_ADDRESS,
  MAX_REQUESTS_PER_SECOND_PER_ADDRESS,
  MAX_TRACKED_ADDRESSES,
} from '../../../src-shared/limits.ts';
import { type AccessOptions, createAccess } from './access.ts';

const lan: NetworkInterfaceInfo[] = [
  { address: '192.168.1.5', cidr: '192.168.1.5/24', family: 'IPv4', mac: '', internal: false, netmask: '' },
  { address: 'fd00::2', cidr: 'fd00::2/64', family: 'IPv6', mac: '', internal: false, netmask: '', scopeid: 0 },
];

const access = (options: Partial<AccessOptions> = {}) =>
  createAccess({
    names: () => ['192.168.1.5', 'fd00::2', 'localhost', 'laptop.local'],
    allowedOrigins: ['https://intranet.example'],
    create: 'lan',
    interfaces: () => ({ eth0: lan }),
    ...options,
  });

describe('Host', () => {
  test.each([
    '192.168.1.5',
    '192.168.1.5:7443',
    '192.168.1.5:8443',
    'LOCALHOST:7443',
    'laptop.local.',
    '[fd00::2]:7443',
    '[fd00:0:0::2]',
  ])('%s is this host', (host) => {
    expect(access().hostAllowed(host)).toBe(true);
  });

  test.each([
    undefined,
    '',
    'evil.example',
    '192.168.1.50',
    'laptop.local.evil.example',
    'evil.example@localhost',
    'localhost/evil',
    'localhost:port',
    'fd00::2',
    '[fd00::3]',
  ])('%s is not', (host) => {
    expect(access().hostAllowed(host)).toBe(false);
  });

  test('names that come while it runs count at once', () => {
    const names = ['localhost'];
    const changing = access({ names: () => names });
    expect(changing.hostAllowed('10.0.0.9')).toBe(false);
    names.push('10.0.0.9');
    expect(changing.hostAllowed('10.0.0.9')).toBe(true);
  });
});

describe('Origin', () => {
  test.each([
    [undefined, 'localhost:7443'],
    ['https://localhost:7443', 'localhost:7443'],
    ['https://192.168.1.5:8443', '192.168.1.5:8443'],
    ['https://laptop.local', 'laptop.local:443'],
    ['app://parley', 'localhost:7443'],
    ['https://intranet.example', 'localhost:7443'],
  ])('%s may call %s', (origin, host) => {
    expect(access().originAllowed(origin, host)).toBe(true);
  });

  test.each([
    ['null', 'localhost:7443'],
    ['http://localhost:7443', 'localhost:7443'],
    ['https://localhost:7444', 'localhost:7443'],
    ['https://192.168.1.5:7443', 'localhost:7443'],
    ['https://evil.example', 'localhost:7443'],
    ['app://other', 'localhost:7443'],
  ])('%s may not call %s', (origin, host) => {
    expect(access().originAllowed(origin, host)).toBe(false);
  });
});

describe('who may make rooms', () => {
  const places = {
    loopback: ['127.0.0.1', '::1', '::ffff:127.0.0.1'],
    ownAddress: ['192.168.1.5', '::ffff:192.168.1.5', 'fd00::2'],
    subnet: ['192.168.1.77', '::ffff:192.168.1.77', 'fd00::abcd'],
    elsewhere: ['192.168.2.77', '8.8.8.8', 'fd01::1', 'nonsense', ''],
  };
  const allowed = {
    local: ['loopback', 'ownAddress'],
    lan: ['loopback', 'ownAddress', 'subnet'],
    anyone: ['loopback', 'ownAddress', 'subnet', 'elsewhere'],
  };

  for (const [place, addresses] of Object.entries(places)) {
    const own = place === 'loopback' || place === 'ownAddress';
    test(`${place} is ${own ? '' : 'not '}this computer`, () => {
      for (const address of addresses) expect(access().isOwn(address), address).toBe(own);
    });
  }

  for (const [place, addresses] of Object.entries(places)) {
    test(`${place} is ${place === 'elsewhere' ? 'not ' : ''}on its own networks`, () => {
      for (const address of addresses) expect(access().isOnOwnNetwork(address), address).toBe(place !== 'elsewhere');
    });
  }

  for (const create of ['local', 'lan', 'anyone'] as const) {
    for (const [place, addresses] of Object.entries(places)) {
      const may = allowed[create].includes(place);
      test(`${create}: ${place} ${may ? 'may' : 'may not'}`, () => {
        for (const address of addresses) expect(access({ create }).mayCreateRooms(address), address).toBe(may);
      });
    }
  }
});

describe('how often', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());

  const exhaust = (subject: ReturnType<typeof access>, address: string) => {
    for (let count = 0; count < MAX_REQUEST_BURST_PER_ADDRESS; count += 1) {
      expect(subject.takeRequest(address)).toBe(true);
    }
  };

  test('a burst, then a steady rate, each address for itself', () => {
    const subject = access();
    exhaust(subject, '192.168.1.7');
    expect(subject.takeRequest('192.168.1.7')).toBe(false);
    expect(subject.takeRequest('192.168.1.8')).toBe(true);
    vi.advanceTimersByTime(1000);
    for (let count = 0; count < MAX_REQUESTS_PER_SECOND_PER_ADDRESS; count += 1) {
      expect(subject.takeRequest('192.168.1.7')).toBe(true);
    }
    expect(subject.takeRequest('192.168.1.7')).toBe(false);
  });

  test('an IPv4 address is the same when mapped, an IPv6 /64 is one', () => {
    const subject = access();
    exhaust(subject, '192.168.1.7');
    expect(subject.takeRequest('::ffff:192.168.1.7')).toBe(false);
    exhaust(subject, '2001:db8:0:7::1');
    expect(subject.takeRequest('2001:db8:0:7:1:2:3:4')).toBe(false);
    expect(subject.takeRequest('2001:db8::7:0:0:0:1')).toBe(false);
    expect(subject.takeRequest('2001:db8:0:8::1')).toBe(true);
    expect(subject.takeRequest('::1')).toBe(true);
  });

  test('the link-local addresses that come by one interface are one', () => {
    const subject = access();
    exhaust(subject, 'fe80::1%eth0');
    expect(subject.takeRequest('fe80::2%eth0')).toBe(false);
    expect(subject.takeRequest('FE80::a:b:c:d%eth0')).toBe(false);
    expect(subject.takeRequest('fe80::1%eth1')).toBe(true);
    expect(subject.takeRequest('::1')).toBe(true);
  });

  test('of too many addresses the oldest is forgotten, not the busiest', () => {
    const subject = access();
    exhaust(subject, '10.0.0.1');
    const others = Array.from({ length: MAX_TRACKED_ADDRESSES - 1 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
    for (const address of others) subject.takeRequest(address);
    expect(subject.takeRequest('10.0.0.1')).toBe(false);
    for (const address of others) subject.takeRequest(address.replace('10.1.', '10.2.'));
    expect(subject.takeRequest('10.0.0.1')).toBe(false);
    for (const address of [...others, 'x']) subject.takeRequest(address.replace('10.1.', '10.3.'));
    expect(subject.takeRequest('10.0.0.1')).toBe(true);
  });
});
