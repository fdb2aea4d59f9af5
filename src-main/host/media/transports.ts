import type { types } from 'mediasoup';
import {
  type Direction,
  type DtlsParameters,
  type IceParameters,
  ProtocolError,
  TransportOptions,
} from '../../../src-shared/protocol/index.ts';
import { described } from './described.ts';
import { mediaCall, notFound } from './failures.ts';
import { candidatesFor } from './listening.ts';
import type { RoomContext } from './room-context.ts';

/**
 * One person's transports, one per direction. What is asked of one that is still being made waits
 * for it, and then reaches the media process in the order it was asked.
 */
export class Transports {
  readonly #room: RoomContext;
  readonly #remoteAddress: string;
  readonly #open = new Map<Direction, Promise<types.WebRtcTransport>>();

  constructor(room: RoomContext, remoteAddress: string) {
    this.#room = room;
    this.#remoteAddress = remoteAddress;
  }

  /** Closes an earlier one of this direction. */
  async create(direction: Direction, { data = false }: { data?: boolean }): Promise<TransportOptions> {
    const { router, server } = this.#room.current;
    this.#close(direction);
    const opening = mediaCall(() =>
      router.createWebRtcTransport({ webRtcServer: server, enableSctp: data, preferUdp: true }),
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
    if (transport.closed) throw notFound('transport any more: another took its place');
    const { id, iceParameters, dtlsParameters, sctpParameters } = transport;
    return described(TransportOptions, {
      id,
      iceParameters,
      iceCandidates: candidatesFor(this.#remoteAddress, transport.iceCandidates, this.#room.addresses),
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

  async connect(direction: Direction, dtlsParameters: DtlsParameters, transportId?: string): Promise<void> {
    const transport = await this.get(direction, transportId);
    await mediaCall(
      () => transport.connect({ dtlsParameters }),
      (error) => new ProtocolError('BAD_REQUEST', `The transport cannot be connected so: ${error.message}.`),
    );
  }

  async restartIce(transportId: string): Promise<IceParameters> {
    this.#room.requireProcess();
    const transports = await Promise.all(this.#open.values());
    const transport = transports.find(({ id }) => id === transportId);
    if (!transport) throw notFound('transport');
    return mediaCall(() => transport.restartIce());
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
