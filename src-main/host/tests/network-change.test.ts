import { networkInterfaces } from 'node:os';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../host.ts';
import { FakeClock } from '../meeting/testing.ts';
import { certificateNames, spkiFingerprint } from '../network/certificate.ts';
import { LOOK_MS } from '../network/host-addresses.ts';
import { announcedAddresses, type Interfaces } from '../network/interfaces.ts';
import { urlHost } from '../network/names.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

/** This machine's own network, as if it came and went. */
const real = networkInterfaces();
const [own] = announcedAddresses(real);

let clock: FakeClock;
let interfaces: Interfaces;
let changed: PromiseWithResolvers<undefined>;
let live: LiveHost;
let host: Host;

beforeEach(async () => {
  clock = new FakeClock();
  interfaces = {};
  const info = (message: string) => {
    if (message === 'The network has changed') changed.resolve(undefined);
  };
  const log = { info, warn: () => undefined, error: () => undefined };
  live = await startLiveHost({ clock, interfaces: () => interfaces, log });
  host = live.host;
});
afterEach(() => live.close());

async function become(next: Interfaces): Promise<void> {
  changed = Promise.withResolvers();
  interfaces = next;
  clock.advance(LOOK_MS);
  await Promise.resolve();
  clock.advance(LOOK_MS);
  await changed.promise;
}

/** The certificate that is shown just now. */
const shown = () =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ port: host.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(`-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`);
    });
    socket.once('error', reject);
  });

describe.skipIf(!own)('a network that comes while the host runs (this machine has none to test it with)', () => {
  const address = own?.address ?? '';
  const authority = () => `${urlHost(address)}:${host.port}`;

  test('changes what it is told to be, its names, its certificate but not its key', async () => {
    expect([host.url, host.addresses]).toEqual([`https://127.0.0.1:${host.port}`, []]);
    expect((await live.ask('/api/host', { headers: { Host: authority() } })).status).toBe(403);
    await become(real);
    expect([host.url, host.addresses[0]]).toEqual([`https://${authority()}`, address]);
    expect((await live.ask('/api/host', { headers: { Host: authority() } })).status).toBe(200);
    const certificate = await shown();
    expect(certificateNames(certificate)).toContain(address);
    expect(spkiFingerprint(certificate)).toBe(host.fingerprint);
    expect((await live.makeRoom()).url).toContain(`https://${authority()}/r/`);

    await become({});
    expect(host.url).toBe(`https://127.0.0.1:${host.port}`);
    expect(certificateNames(await shown())).not.toContain(address);
  });

  test('leaves people their meeting, and lets others in by the new address', async () => {
    const { roomId } = await live.makeRoom();
    const ada = live.connect();
    await ada.join(roomId, 'ada');
    const { id } = await ada.ask('createProducerTransport', {});
    await become(real);
    await ada.ask('restartIce', { transportId: id });

    const bob = live.connect({ at: `https://${authority()}` });
    await bob.join(roomId, 'bob');
    const { iceCandidates } = await bob.ask('createConsumerTransport', {});
    expect(iceCandidates.map((candidate) => candidate.address)).toContain(address);
    expect(ada.names).toContain('peer-joined');
    expect(ada.socket.connected).toBe(true);
  });
});
