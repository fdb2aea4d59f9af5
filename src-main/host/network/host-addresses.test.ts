import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../meeting/testing.ts';
import { HostAddresses, LOOK_MS } from './host-addresses.ts';

const card = (address: string): NetworkInterfaceInfo => ({
  address,
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '02:00:00:00:00:01',
  internal: false,
  cidr: `${address}/24`,
});

/** A host whose interfaces have the addresses that `have` says. */
function watched({
  chosen,
  follow = vi.fn(() => Promise.resolve()),
}: { chosen?: string[]; follow?: () => Promise<void> } = {}) {
  let present = ['192.168.1.5'];
  const clock = new FakeClock();
  const addresses = new HostAddresses({ interfaces: () => ({ eth0: present.map(card) }), hostname: 'desk', chosen });
  const stop = addresses.watch(clock, follow);
  /** Looks once more, after which what it began has been done. */
  const look = async () => {
    clock.advance(LOOK_MS);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { addresses, follow, stop, look, have: (...next: string[]) => (present = next) };
}

describe('the addresses of a host', () => {
  it('change its names and its URL once two looks have found the same', async () => {
    const { addresses, follow, look, have } = watched();
    expect(addresses.announced[0]?.address).toBe('192.168.1.5');
    have('10.0.0.7');
    await look();
    expect(addresses.announced.map(({ address }) => address)).toEqual(['192.168.1.5']);
    await look();
    expect(addresses.announced).toEqual([{ address: '10.0.0.7', local: true }]);
    expect(addresses.names).toEqual(['10.0.0.7', 'localhost', '127.0.0.1', '::1', 'desk.local']);
    expect(addresses.announced[0]?.address).toBe('10.0.0.7');
    expect(follow).toHaveBeenCalledOnce();
  });

  it('may all go; then the host is left with itself', async () => {
    const { addresses, look, have } = watched();
    have();
    await look();
    await look();
    expect(addresses.announced[0]?.address).toBe(undefined);
  });

  it('are not followed when one goes and is back at the next look', async () => {
    const { follow, look, have } = watched();
    have();
    await look();
    have('192.168.1.5');
    await look();
    await look();
    expect(follow).not.toHaveBeenCalled();
  });

  it('stay what a person chose', async () => {
    const { addresses, follow, look, have } = watched({ chosen: ['meet.example.org'] });
    have('10.0.0.7');
    await look();
    await look();
    expect(addresses.announced[0]?.address).toBe('meet.example.org');
    expect(follow).not.toHaveBeenCalled();
  });

  it('are looked at again when the change before has been followed, and not after the end', async () => {
    const followed = Promise.withResolvers<undefined>();
    const follow = vi.fn(() => followed.promise);
    const { addresses, stop, look, have } = watched({ follow });
    have('10.0.0.7');
    await look();
    await look();
    have('10.0.0.8');
    await look();
    await look();
    expect(addresses.announced[0]?.address).toBe('10.0.0.7');
    followed.resolve(undefined);
    await followed.promise;
    await look();
    await look();
    expect(addresses.announced[0]?.address).toBe('10.0.0.8');
    expect(follow).toHaveBeenCalledTimes(2);
    stop();
    have('10.0.0.9');
    await look();
    await look();
    expect(addresses.announced[0]?.address).toBe('10.0.0.8');
  });
});
