import { describe, expect, it } from 'vitest';
import { addressesOn, isOnLink, linksOf } from './links.ts';
import { card, info } from './testing.ts';

const laptop = {
  lo: [info('127.0.0.1/8', { internal: true })],
  docker0: [info('172.17.0.1/16')],
  tun0: [info('10.8.0.2/24')],
  eth0: [info('192.168.1.5/24'), info('fd00::5/64'), info('fe80::5/64', { scopeid: 2 })],
  wlan0: [info('192.168.1.6/24')],
  eth1: [info('10.0.0.5/24')],
};

describe('links', () => {
  it('are the network cards, by both families; no loopback, container or VPN', () => {
    expect(linksOf(laptop, 'linux').map(({ name, family, via }) => `${name} ${family} ${via}`)).toEqual([
      'eth0 IPv4 192.168.1.5',
      'eth0 IPv6 ::%eth0',
      'wlan0 IPv4 192.168.1.6',
      'eth1 IPv4 10.0.0.5',
    ]);
  });

  it('have numbers on Windows', () => {
    expect(linksOf(laptop, 'win32').map(({ via }) => via)).toContain('::%2');
  });

  it('take only what was sent on them', () => {
    const [ipv4, ipv6] = linksOf(laptop, 'linux');
    if (!ipv4 || !ipv6) throw new Error('no links');
    expect(['192.168.1.77', '10.0.0.77', '203.0.113.9'].map((from) => isOnLink(ipv4, from))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['fe80::77%eth0', 'fe80::77%wlan0', 'fd00::77', 'fd01::77'].map((from) => isOnLink(ipv6, from))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('what is announced on a link', () => {
  const announced = ['192.168.1.5', '192.168.1.6', '10.0.0.5', 'fd00::5'].map((address) => ({ address, local: true }));
  const on = (name: string, addresses = [...announced]) => {
    const link = linksOf(laptop, 'linux').find((one) => one.name === name);
    return link ? addressesOn(link, addresses, laptop) : null;
  };

  it('is what can be reached there, by another card in the same network too', () => {
    expect(on('eth0')).toEqual(['192.168.1.5', '192.168.1.6', 'fd00::5']);
    expect(on('wlan0')).toEqual(['192.168.1.5', '192.168.1.6']);
    expect(on('eth1')).toEqual(['10.0.0.5']);
  });

  it('is neither a name, nor a router’s address, nor a VPN’s', () => {
    expect(
      addressesOn(
        linksOf(card('10.0.0.5/24'))[0] ?? fail(),
        [
          { address: 'meet.example.org', local: false },
          { address: '203.0.113.9', local: false },
          { address: '10.0.0.5', local: true, onlyFrom: '10.0.0.0/24' },
        ],
        card('10.0.0.5/24'),
      ),
    ).toEqual([]);
  });
});

function fail(): never {
  throw new Error('no link');
}
