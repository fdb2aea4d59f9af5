/** Hosts on the local network: announcing one, and looking for others, by DNS-SD over multicast DNS. */
import { networkInterfaces } from 'node:os';
import type { Clock, Log } from '../meeting/index.ts';
import type { Interfaces } from '../network/interfaces.ts';
import { Browser } from './browser.ts';
import { MulticastSockets } from './multicast.ts';

export { Announcement } from './announcement.ts';
export type { NearbyHost } from './nearby-records.ts';
export type { Browser } from './browser.ts';

export interface BrowseOptions {
  readonly log: Log;
  readonly clock: Clock;
  /** The network interfaces of this computer; by default what the system says. */
  readonly interfaces?: () => Interfaces;
}

/** Opens sockets and looks for hosts until it is closed. */
export async function browse({ log, clock, interfaces = networkInterfaces }: BrowseOptions): Promise<Browser> {
  const browser = new Browser({ clock, connect: (receive) => new MulticastSockets({ interfaces, log, receive }) });
  await browser.open();
  return browser;
}
