import { ProtocolError, RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { Clock, ConnectionEndpoints, MediaPeerListener, MediaRoom, MediaRoomListener } from '../meeting/ports.ts';
import { MEDIA_CODECS } from './codecs.ts';
import { described } from './described.ts';
import { mediaCall, restarting } from './failures.ts';
import { Peer } from './peer.ts';
import type { RoomContext, RoomRouter } from './room-context.ts';
import type { RoomProducer } from './room-producer.ts';
import { Speakers } from './speakers.ts';
import type { Tenant, WorkerSlot } from './worker-slot.ts';
import type { MediaProcess } from './worker.ts';

export interface RoomOptions {
  readonly slot: WorkerSlot;
  readonly listener: MediaRoomListener;
  readonly clock: Clock;
}

/** A router, made again on the next process when its own dies. */
export class Room implements MediaRoom, RoomContext, Tenant {
  readonly producers = new Map<string, RoomProducer>();
  readonly clock: Clock;
  readonly #slot: WorkerSlot;
  readonly #listener: MediaRoomListener;
  readonly #peers = new Set<Peer>();
  #current: RoomRouter | null = null;
  #capabilities: RtpCapabilities = {};
  #closed = false;

  private constructor({ slot, listener, clock }: RoomOptions) {
    this.#slot = slot;
    this.#listener = listener;
    this.clock = clock;
  }

  /** @throws {ProtocolError} MEDIA_RESTARTING */
  static async open(options: RoomOptions): Promise<Room> {
    const room = new Room(options);
    try {
      await room.#start();
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#capabilities;
  }

  get current(): RoomRouter {
    if (this.#closed) throw new ProtocolError('NOT_FOUND', 'This meeting has ended.');
    if (!this.#current) throw restarting();
    return this.#current;
  }

  requireProcess(): void {
    if (this.current.router.closed) throw restarting();
  }

  openPeer(listener: MediaPeerListener, endpoints: ConnectionEndpoints): Peer {
    const peer: Peer = new Peer({ room: this, listener, endpoints, onClose: () => this.#peers.delete(peer) });
    this.#peers.add(peer);
    return peer;
  }

  claimId(producerId: string): void {
    if (this.#slot.producerIds.has(producerId)) throw new ProtocolError('CONFLICT', 'This producer id is in use.');
    this.#slot.producerIds.add(producerId);
  }

  releaseId(producerId: string): void {
    this.#slot.producerIds.delete(producerId);
  }

  async restart(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      // When the new process has died as well, the next makes it good; nothing makes anything else good.
      if (!(error instanceof ProtocolError && error.code === 'MEDIA_RESTARTING')) this.#listener.failed();
      throw error;
    }
    if (!this.#closed) this.#listener.restarted();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#slot.tenants.delete(this);
    for (const peer of this.#peers) peer.close();
    this.#current?.router.close();
  }

  async #start(): Promise<void> {
    // Before anything is waited for: rooms that open together are spread over the processes.
    this.#slot.tenants.add(this);
    const { process } = this.#slot;
    const opened = await mediaCall(() => openRouter(process, this.#listener));
    if (this.#closed) {
      opened.router.close();
      return;
    }
    this.#current = opened;
    this.#capabilities = described(RtpCapabilities, opened.router.rtpCapabilities);
    opened.router.once('workerclose', () => (this.#current = null));
  }
}

/** A router with all that a room needs of it, or none. */
async function openRouter({ worker, servers }: MediaProcess, listener: MediaRoomListener): Promise<RoomRouter> {
  const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  try {
    const [speakers, { id: warmUpId }] = await Promise.all([
      Speakers.observe(router, listener),
      router.createDirectTransport().then((transport) => transport.produceData({ label: 'warm-up' })),
    ]);
    return { router, servers, speakers, warmUpId };
  } catch (error) {
    router.close();
    throw error;
  }
}
