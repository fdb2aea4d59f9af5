/** Puts the host together: media and certificate, the meetings on them, the ways in to those. */
import { getRequestListener } from '@hono/node-server';
import { hostname, networkInterfaces } from 'node:os';
import { fingerprintWords } from '../../src-shared/words.ts';
import { addressKey } from './rates/address-rates.ts';
import { DEFAULT_PORT, mediaPortAfter } from './address.ts';
import { Announcement } from './discovery/index.ts';
import { createHttpApp } from './gateways/http/index.ts';
import { Attendees } from './gateways/http/media/attendees.ts';
import { attachMediaEvents } from './gateways/http/media/events.ts';
import { attachSocketIo } from './gateways/socketio/index.ts';
import { UnreadBuffers } from './gateways/unread.ts';
import { Upgrades } from './gateways/upgrades.ts';
import { attachWebSocket } from './gateways/websocket/index.ts';
import { createMedia } from './media/index.ts';
import { type Clock, endRoom, listRooms, type Log, Rooms, type RoomSummary } from './meeting/index.ts';
import { createAccess, type RoomCreators } from './network/access.ts';
import type { Certificate } from './network/certificate.ts';
import type { CertificateFiles } from './network/certificate-files.ts';
import { HostAddresses } from './network/host-addresses.ts';
import { HostCertificate, type HostCertificateOptions } from './network/host-certificate.ts';
import { createIdentity } from './network/identity.ts';
import type { Interfaces } from './network/interfaces.ts';
import { createTlsPort, requireFreePort } from './network/tls-port.ts';
import { systemClock } from './system-clock.ts';
import type { Monitoring, MonitoringOptions } from './operations/monitoring.ts';
import { openStore } from './store/index.ts';
import { loadTokens } from './tokens/index.ts';

export { HostError, type HostErrorCode } from './host-error.ts';
export { DEFAULT_PORT } from './address.ts';
export type { RoomCreators } from './network/access.ts';

export interface HostOptions {
  /** Where the host keeps its key and what it remembers; made when it is not there. */
  readonly dataDir: string;
  /** The TLS port; 0: any free one. By default `DEFAULT_PORT`. */
  readonly port?: number;
  /** The first port for sound and pictures, UDP and TCP; one more per core. By default the one after `port`. */
  readonly mediaPort?: number;
  /** IP addresses or names for links, instead of those of the network interfaces. */
  readonly addresses?: readonly string[];
  /** A certificate that somebody else has issued, instead of one that the host makes itself. */
  readonly certificate?: CertificateFiles;
  /** The origin that links say, such as `https://meet.example.org`, instead of an address of the host. */
  readonly publicUrl?: string;
  /** The computer's name as its people know it. */
  readonly name: string;
  readonly version: string;
  /** Who may make rooms; by default the local network. */
  readonly create?: RoomCreators;
  /** Origins of other pages that may use this host. */
  readonly allowedOrigins?: readonly string[];
  /** Whether the host announces itself on its local networks; by default it does not. */
  readonly announce?: boolean;
  /** The folder of the built page. */
  readonly pageRoot: string;
  /** Path of mediasoup's worker; absent: where mediasoup looks for it (MEDIASOUP_WORKER_BIN first). */
  readonly workerBin?: string;
  /** Media processes; by default one per core. */
  readonly workerCount?: number;
  /** The network interfaces of this computer; by default what the system says. */
  readonly interfaces?: () => Interfaces;
  readonly clock?: Clock;
  /** A port of its own for health checks and figures; absent: there is none. */
  readonly monitoring?: MonitoringOptions;
  readonly log: Log;
}

export interface Host {
  /** `https://address:port` that others can reach now; 127.0.0.1 where there is no network. */
  readonly url: string;
  readonly port: number;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  readonly fingerprint: string;
  /** The fingerprint as six words. */
  readonly words: readonly string[];
  /** Whether links contain the key: not if a CA has issued the certificate. */
  readonly keyInLinks: boolean;
  readonly name: string;
  /** What it can be reached at now, best first. */
  readonly addresses: readonly string[];
  /** The port for health checks and figures; null: there is none. */
  readonly monitoringPort: number | null;
  /** How many are in meetings here. */
  readonly participants: number;
  /** Whether the host announces itself on its local networks from now on. */
  setAnnounced(on: boolean): Promise<void>;
  /** For the owner of this computer: all rooms that have not ended. */
  listRooms(): RoomSummary[];
  /** Ends a room for everyone and for good. False: there is none of this id. */
  endRoom(roomId: string, reason: string): boolean;
  /** Tells everyone in a meeting why it ends, then ends everything. Idempotent. */
  close(reason: string): Promise<void>;
}

/** @throws {HostError} with a sentence that says what stands in the way, and what to do */
export async function startHost(options: HostOptions): Promise<Host> {
  if (!options.monitoring) return start(options, null);
  // Loaded on demand: a host that nobody watches need not have it.
  const { openMonitoring } = await import('./operations/monitoring.ts');
  const monitoring = await openMonitoring({ ...options.monitoring, version: options.version });
  try {
    const log = { ...options.log, measures: monitoring.measures };
    return await start({ ...options, log }, monitoring);
  } catch (error) {
    await monitoring.close();
    throw error;
  }
}

async function start(options: HostOptions, monitoring: Monitoring | null): Promise<Host> {
  const began = performance.now();
  const { log, name, version, pageRoot, port: wanted = DEFAULT_PORT, create = 'lan', allowedOrigins = [] } = options;
  const { clock = systemClock, interfaces = networkInterfaces } = options;
  const mediaPort = options.mediaPort ?? mediaPortAfter(wanted);
  const addresses = new HostAddresses({ interfaces, hostname: hostname(), chosen: options.addresses });
  const { dataDir: folder, certificate: files, publicUrl } = options;
  const names = () => [...addresses.names, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];

  // First, so that a second host on this machine says so, and not that its media ports are taken.
  await requireFreePort(wanted);
  const starting = createMedia({
    port: mediaPort,
    addresses: addresses.announced,
    log,
    clock,
    workerBin: options.workerBin,
    workerCount: options.workerCount,
  });
  const opening = openData({ folder, names, files, clock, log });
  const [{ certificate, tokens, store }, media] = await bothOrNeither(opening, starting);

  const allNames = () => [...names(), ...certificate.issuedNames];
  const access = createAccess({ names: allNames, allowedOrigins, create, interfaces });
  const rooms = new Rooms({ media, store, tokens, clock, log, addressKey });
  const unread = new UnreadBuffers();
  const tlsPort = createTlsPort({
    certificate: certificate.current,
    hostAllowed: (host) => access.hostAllowed(host),
    unread,
  });
  let port = wanted;
  const identity = createIdentity({ name, version, addresses, certificate, publicUrl, port: () => port });
  const attendees = new Attendees(rooms);
  const app = createHttpApp({ rooms, attendees, access, identity, pageRoot, log });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  tlsPort.server.on('request', (request, response) => void answer(request, response));
  const upgrades = new Upgrades(tlsPort.server, { access, log });
  const sockets = [
    attachSocketIo(tlsPort.server, { rooms, access, upgrades, unread, log }),
    attachWebSocket({ rooms, upgrades, clock, log }),
    attachMediaEvents({ attendees, upgrades, clock, log }),
  ];

  const announcement = new Announcement({
    host: () => ({ name, version, fingerprint: certificate.current.fingerprint, port }),
    addresses: () => addresses.announced,
    ...{ interfaces, clock, log },
  });
  const use = (renewed: Certificate) => {
    tlsPort.useCertificate(renewed);
    void announcement.refresh();
  };

  /** The network has changed: updates the addresses, the certificate and what media announces. */
  const followNetwork = async () => {
    const following = media.follow(addresses.announced).catch((error: unknown) => {
      log.error('The host could not follow its network', { error });
    });
    await Promise.all([following, certificate.refresh(use)]);
    await announcement.refresh();
    log.info('The network has changed', { url: identity.url, addresses: addresses.announced.length });
  };

  let following = Promise.resolve();
  const follow = () => (following = followNetwork());
  let stopWatching = (): void => undefined;
  let hosting = false;
  let closing: Promise<void> | null = null;
  const closeAll = async (reason: string) => {
    stopWatching();
    rooms.close(reason, { forGood: hosting });
    await Promise.all([following, announcement.set(false)]);
    const mediaClosed = media.close();
    await Promise.all(sockets.map((gateway) => gateway.close()));
    await tlsPort.close();
    unread.close();
    await mediaClosed;
    store.close();
    await monitoring?.close();
    log.info('The host has ended', { reason });
  };
  const close = (reason: string) => (closing ??= closeAll(reason));

  try {
    await rooms.restore();
    port = await tlsPort.listen(wanted);
    hosting = true;
    if (options.announce) void announcement.set(true);
    const stops = [addresses.watch(clock, follow), certificate.watch(use)];
    stopWatching = () => stops.forEach((stop) => stop());
    monitoring?.watch({
      get ready() {
        return closing === null && media.ready;
      },
      figures: async () => ({
        rooms: rooms.open.length,
        participants: rooms.participants,
        waiting: rooms.waiting,
        workers: await media.figures(),
      }),
    });
    log.info('The host is listening', { url: identity.url, ms: Math.round(performance.now() - began) });
    return {
      name,
      port,
      monitoringPort: monitoring?.port ?? null,
      keyInLinks: identity.keyInLinks,
      get fingerprint() {
        return identity.fingerprint;
      },
      get words() {
        return fingerprintWords(identity.fingerprint);
      },
      get url() {
        return identity.url;
      },
      get addresses() {
        return addresses.announced.map(({ address }) => address);
      },
      get participants() {
        return rooms.participants;
      },
      setAnnounced: (on) => announcement.set(on),
      listRooms: () => listRooms(rooms.open),
      endRoom: (roomId, reason) => endRoom(rooms.open, roomId, reason),
      close,
    };
  } catch (error) {
    await close('The host could not start.');
    throw error;
  }
}

/**
 * What the host keeps in its data folder: certificate, the secret of its invites, its memory.
 *
 * @throws {HostError} DATA_FOLDER_UNUSABLE, DATA_IN_USE, DATA_TOO_NEW, KEY_DAMAGED, CERTIFICATE_UNUSABLE
 */
async function openData(options: HostCertificateOptions) {
  const { folder, log } = options;
  const certificate = await HostCertificate.open(options);
  const tokens = await loadTokens({ folder });
  const store = openStore({ folder, log });
  return { certificate, tokens, store, close: () => store.close() };
}

interface Closable {
  close(): void | Promise<void>;
}

/** Both results; when one fails, the other is closed. */
async function bothOrNeither<First extends Closable, Second extends Closable>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<[First, Second]> {
  const settled = await Promise.allSettled([first, second]);
  const [one, other] = settled;
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value];
  for (const result of settled) if (result.status === 'fulfilled') await result.value.close();
  const failed = settled.find((result) => result.status === 'rejected');
  throw failed?.reason;
}
