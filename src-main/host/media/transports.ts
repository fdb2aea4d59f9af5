import type { types } from 'mediasoup';
import {
  type Direction,
  type DtlsParameters,
  type IceParameters,
  ProtocolError,
  TransportOptions,
} from '../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints } from '../meeting/ports.ts';
import { toWire } from './to-wire.ts';
import { badRequest, ended, mediaCall, notFound } from './failures.ts';
import type { RoomContext } from './room-context.ts';

/**
 * What a receiver's connection is taken to carry until that is measured, bit/s: eight people in
 * middle-sized pictures. Starting from mediasoup's own 600,000, the last of eight waited for seconds.
 */
const INITIAL_OUTGOING_BITRATE = 8_000_000;

/**
 * One person's transports, one per direction. What is asked of one that is still being made waits
 * for it, and then reaches the media process in the order it was asked.
 */
export class Transports {
  readonly #room: RoomContext;
  readonly #endpoints: ConnectionEndpoints;
  readonly #open = new Map<Direction, Promise<types.WebRtcTransport>>();
  /** Which server each was made on: it stays there. */
  readonly #servers = new WeakMap<types.WebRtcTransport, types.WebRtcServer>();
  readonly #connected = new WeakSet<types.WebRtcTransport>();

  /** @param endpoints of the person's connection, as they are now and as they become */
  constructor(room: RoomContext, endpoints: ConnectionEndpoints) {
    this.#room = room;
    this.#endpoints = endpoints;
  }

  /** Closes an earlier one of this direction. */
  async create(direction: Direction, { data = false }: { data?: boolean }): Promise<TransportOptions> {
    const { router, servers } = this.#room.current;
    const server = servers.serverAt(this.#endpoints.localAddress);
    this.#close(direction);
    const opening = mediaCall(
      async () => {
        const made = await router.createWebRtcTransport({
          webRtcServer: server,
          enableSctp: data,
          preferUdp: true,
          initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
        });
        this.#servers.set(made, server);
        return made;
      },
      (error) => (router.closed ? ended('This meeting') : error),
    );
    this.#open.set(direction, opening);
    const forget = () => {
      if (this.#open.get(direction) === opening) this.#open.delete(direction);
    };
    const transport = await opening.catch((error: unknown) => {
      forget();
      throw error;
    });
    transport.observer.once('close', forget);
    if (transport.closed) throw ended('This transport');
    const { id, iceParameters, dtlsParameters, sctpParameters } = transport;
    return toWire(TransportOptions, {
      id,
      iceParameters,
      iceCandidates: servers.candidatesFor(this.#endpoints.remoteAddress, transport),
      dtlsParameters,
      iceServers: [],
      sctpParameters,
    });
  }

  /**
   * @param transportId absent: whichever there is
   * @throws {ProtocolError} NOT_FOUND, MEDIA_RESTARTING
   */
  async get(direction: Direction, transportId?: string): Promise<types.WebRtcTransport> {
    const transport = await this.#open.get(direction);
    if (transport && (transportId === undefined || transport.id === transportId)) return transport;
    this.#room.requireProcess();
    if (transport) throw notFound(`${direction} transport`);
    throw new ProtocolError('NOT_FOUND', `You have no ${direction} transport. Create one first.`);
  }

  /** @throws {ProtocolError} NOT_FOUND, MEDIA_RESTARTING, CONFLICT: it is connected already; BAD_REQUEST */
  async connect(direction: Direction, dtlsParameters: DtlsParameters, transportId?: string): Promise<void> {
    const transport = await this.get(direction, transportId);
    if (this.#connected.has(transport)) throw new ProtocolError('CONFLICT', 'This transport is connected already.');
    this.#connected.add(transport);
    await mediaCall(
      () => transport.connect({ dtlsParameters }),
      (error) => {
        this.#connected.delete(transport);
        if (transport.closed) return ended('This transport');
        return badRequest('This transport cannot be connected with these parameters.', error);
      },
    );
  }

  /** @throws {ProtocolError} NOT_FOUND: none, or the person reaches the host elsewhere now; MEDIA_RESTARTING */
  async restartIce(transportId: string): Promise<IceParameters> {
    this.#room.requireProcess();
    const transports = await Promise.all(this.#open.values());
    const transport = transports.find(({ id }) => id === transportId);
    if (!transport) throw notFound('transport');
    const { servers } = this.#room.current;
    if (this.#servers.get(transport) !== servers.serverAt(this.#endpoints.localAddress)) {
      throw new ProtocolError('NOT_FOUND', 'This transport leads to where the host is no longer. Create another.');
    }
    return mediaCall(
      () => transport.restartIce(),
      () => ended('This transport'),
    );
  }

  close(): void {
    for (const direction of [...this.#open.keys()]) this.#close(direction);
  }

  #close(direction: Direction): void {
    const opening = this.#open.get(direction);
    this.#open.delete(direction);
    opening?.then(
      (transport) => transport.close(),
      () => undefined,
    );
  }
}
