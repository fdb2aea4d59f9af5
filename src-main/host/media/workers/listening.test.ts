import type { types } from 'mediasoup';
import { describe, expect, test } from 'vitest';
import { candidatesFor, listenInfos } from './listening.ts';

const local = (address: string) => ({ address, local: true });
const LAN = [local('192.168.1.5'), local('fd00::2')];
const FORWARDED = [{ address: '203.0.113.9', local: false }, local('192.168.1.5')];

/** What mediasoup makes of listenInfos. */
const candidates = (addresses: Parameters<typeof listenInfos>[0]): types.IceCandidate[] =>
  listenInfos(addresses, 7444).map(({ ip, announcedAddress, protocol }, index) => ({
    foundation: `${protocol}candidate`,
    priority: 1_076_302_079 - 25_600 * index,
    ip: announcedAddress ?? ip,
    address: announcedAddress ?? ip,
    protocol,
    port: 7444,
    type: 'host',
  }));

describe('listening', () => {
  test('on loopback first, then on each address, over UDP and TCP', () => {
    expect(listenInfos(LAN, 7444)).toEqual([
      { protocol: 'udp', ip: '127.0.0.1', port: 7444 },
      { protocol: 'tcp', ip: '127.0.0.1', port: 7444 },
      { protocol: 'udp', ip: '192.168.1.5', port: 7444 },
      { protocol: 'tcp', ip: '192.168.1.5', port: 7444 },
      { protocol: 'udp', ip: 'fd00::2', port: 7444, flags: { ipv6Only: true } },
      { protocol: 'tcp', ip: 'fd00::2', port: 7444, flags: { ipv6Only: true } },
    ]);
  });

  test('once on each address, however often and in whatever spelling it is given', () => {
    const ips = (...given: string[]) =>
      listenInfos(given.map(local), 7444).map(({ ip, protocol }) => `${protocol} ${ip}`);
    expect(ips('127.0.0.1')).toEqual(['udp 127.0.0.1', 'tcp 127.0.0.1']);
    expect(ips('fd00::2', 'FD00:0:0::2', '::ffff:127.0.0.1')).toEqual([
      'udp 127.0.0.1',
      'tcp 127.0.0.1',
      'udp fd00::2',
      'tcp fd00::2',
    ]);
  });

  test('on everything when somebody forwards to us', () => {
    expect(listenInfos(FORWARDED, 7444)).toEqual([
      { protocol: 'udp', ip: '0.0.0.0', announcedAddress: '127.0.0.1', port: 7444 },
      { protocol: 'tcp', ip: '0.0.0.0', announcedAddress: '127.0.0.1', port: 7444 },
    ]);
    expect(listenInfos([{ address: '2001:db8::9', local: false }], 7444).map(({ ip }) => ip)).toEqual([
      '0.0.0.0',
      '0.0.0.0',
      '::',
      '::',
    ]);
  });

  test('on any free port when none is given', () => {
    expect(listenInfos([], 0)).toEqual([
      { protocol: 'udp', ip: '127.0.0.1' },
      { protocol: 'tcp', ip: '127.0.0.1' },
    ]);
  });
});

describe('candidates', () => {
  const told = (remoteAddress: string, addresses: Parameters<typeof listenInfos>[0]) =>
    candidatesFor(remoteAddress, candidates(addresses), addresses)
      .filter(({ protocol }) => protocol === 'udp')
      .toSorted((a, b) => b.priority - a.priority)
      .map(({ address }) => address);

  test('others are never told loopback', () => {
    expect(told('192.168.1.77', LAN)).toEqual(['192.168.1.5', 'fd00::2']);
    expect(told('::ffff:192.168.1.77', LAN)).toEqual(['192.168.1.5', 'fd00::2']);
  });

  test.each(['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1'])('%s is told it first, and the others', (address) => {
    expect(told(address, LAN)).toEqual(['127.0.0.1', '192.168.1.5', 'fd00::2']);
  });

  test('the address of a VPN is told inside it only', () => {
    const addresses = [...LAN, { ...local('10.8.0.1'), onlyFrom: '10.8.0.1/24' }];
    expect(told('192.168.1.77', addresses)).toEqual(['192.168.1.5', 'fd00::2']);
    expect(told('10.8.0.7', addresses)).toEqual(['192.168.1.5', 'fd00::2', '10.8.0.1']);
  });

  test('all chosen addresses are told, in their order, where somebody forwards to us', () => {
    expect(told('198.51.100.1', FORWARDED)).toEqual(['203.0.113.9', '192.168.1.5']);
    expect(told('127.0.0.1', FORWARDED)).toEqual(['127.0.0.1', '203.0.113.9', '192.168.1.5']);
    expect(told('198.51.100.1', [{ address: 'meet.example.org', local: false }])).toEqual(['meet.example.org']);
  });
});
