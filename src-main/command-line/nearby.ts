/** What `--list` shows: the hosts that announce themselves on the local network. */
import { fingerprintWords } from '../../src-shared/words.ts';
import { browse, type NearbyHost } from '../host/discovery/index.ts';
import type { Log } from '../host/meeting/index.ts';
import { systemClock } from '../host/system-clock.ts';

/** How long hosts have to answer, ms. */
const ANSWERS_MS = 2000;

/** Looks for hosts for a moment. @returns those found, and whether there is a network to look on */
export async function lookNearby(log: Log): Promise<{ hosts: readonly NearbyHost[]; hasNetwork: boolean }> {
  const browser = await browse({ log, clock: systemClock });
  await new Promise<void>((resolve) => systemClock.after(ANSWERS_MS, resolve));
  const { hosts, hasNetwork } = browser;
  await browser.close();
  return { hosts, hasNetwork };
}

export function nearbyText(hosts: readonly NearbyHost[], hasNetwork: boolean): string {
  if (!hasNetwork) return 'This computer is on no network that hosts could announce themselves on.\n';
  if (hosts.length === 0) {
    return 'No host announces itself on this network. A host of the same network can still be reached by its link.\n';
  }
  const blocks = hosts.map(({ name, version, fingerprint, origins, sharesName }) =>
    [
      `${name} (Parley ${version})`,
      ...origins.map((origin) => `  ${origin}`),
      `  ${fingerprintWords(fingerprint).join(' ')}`,
      ...(sharesName ? ['  Another host announces the same name with another key: compare the words.'] : []),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** The line that programs read. */
export function nearbyLine({ name, version, fingerprint, origins, sharesName }: NearbyHost): string {
  return `${JSON.stringify({ event: 'nearby', name, version, fingerprint, origins, sharesName })}\n`;
}
