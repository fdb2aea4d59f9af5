import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { announcedAddresses, chosenAddresses, ownNetworks } from './interfaces.ts';

function info(cidr: string, { mac = '3c:22:fb:00:00:01', internal = false } = {}): NetworkInterfaceInfo {
  const [address = ''] = cidr.split('/');
  const common = { address, cidr, mac, internal, netmask: '' };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
}

const loopback = { lo: [info('127.0.0.1/8', { internal: true }), info('::1/128', { internal: true })] };
const addresses = (interfaces: Parameters<typeof announcedAddresses>[0]) =>
  announcedAddresses(interfaces).map(({ address }) => address);

test('a laptop: private IPv4 first, then public, then IPv6; neither loopback nor link-local', () => {
  expect(
    addresses({
      ...loopback,
      wlan0: [info('2001:db8::5/64'), info('192.168.1.5/24'), info('fe80::1/64')],
      eth0: [info('203.0.113.9/24'), info('169.254.7.7/16')],
    }),
  ).toEqual(['192.168.1.5', '203.0.113.9', '2001:db8::5']);
});

test('bridges to containers and virtual machines are left out, by name and by MAC address', () => {
  expect(
    addresses({
      eth0: [info('10.0.0.2/24')],
      docker0: [info('172.17.0.1/16')],
      'br-8f2a': [info('172.18.0.1/16')],
      virbr0: [info('192.168.122.1/24')],
      vmnet8: [info('192.168.56.1/24')],
      vboxnet0: [info('192.168.57.1/24')],
      'vEthernet (WSL)': [info('172.28.0.1/20')],
      Ethernet3: [info('192.168.99.1/24', { mac: '0a:00:27:00:00:12' })],
      Ethernet4: [info('192.168.98.1/24', { mac: '00:50:56:c0:00:08' })],
    }),
  ).toEqual(['10.0.0.2']);
});

test('the address of a VPN is told to those inside it only', () => {
  expect(
    announcedAddresses({
      wg0: [info('10.8.0.1/24')],
      tailscale0: [info('100.101.102.103/32')],
      ppp0: [info('10.64.64.64/32')],
      en0: [info('192.168.1.5/24')],
    }),
  ).toEqual([
    { address: '192.168.1.5', local: true },
    { address: '10.8.0.1', local: true, onlyFrom: '10.8.0.1/24' },
    { address: '100.101.102.103', local: true, onlyFrom: '100.64.0.0/10' },
  ]);
});

test('an address is named once, one IPv6 address per interface, eight in all', () => {
  expect(addresses({ a: [info('10.0.0.2/24')], b: [info('10.0.0.2/24')] })).toEqual(['10.0.0.2']);
  expect(addresses({ a: [info('fd00::2/64'), info('fd00::3/64')], b: [info('fd01::2/64')] })).toEqual([
    'fd00::2',
    'fd01::2',
  ]);
  expect(addresses({ a: Array.from({ length: 20 }, (_, index) => info(`10.0.${index}.2/24`)) })).toHaveLength(8);
});

test('chosen addresses keep their order and know whether this computer has them', () => {
  expect(
    chosenAddresses(['203.0.113.9', '10.0.0.2', 'meet.example.org', '10.0.0.2'], { eth0: [info('10.0.0.2/24')] }),
  ).toEqual([
    { address: '203.0.113.9', local: false },
    { address: '10.0.0.2', local: true },
    { address: 'meet.example.org', local: false },
  ]);
});

test('its networks are those of all its interfaces', () => {
  expect(ownNetworks({ ...loopback, docker0: [info('172.17.0.1/16')] })).toEqual([
    '127.0.0.1/8',
    '::1/128',
    '172.17.0.1/16',
  ]);
});
