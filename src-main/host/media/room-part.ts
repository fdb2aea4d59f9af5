import { ProtocolError, RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { Clock, MediaRoomListener } from '../meeting/ports.ts';
import { mediaCall, restarting } from './failures.ts';
import type { RoomContext, RoomRouter } from './room-context.ts';
import { MEDIA_CODECS } from './rtp/codecs.ts';
import type { RoomProducer } from './rtp/room-producer.ts';
import { Speakers } from './speakers.ts';
import { toWire } from './to-wire.ts';
import type { CarriedRoom, WorkerSlot } from './workers/worker-slot.ts';
import type { MediaProcess } from './workers/worker.ts';

export interface RoomPartOptions {
  readonly slot: WorkerSlot;
  readonly listener: MediaRoomListener;
  readonly clock: Clock;
}

/** A room's part on one media process: a router, created again on the next process when its own dies. */
export class RoomPart implements RoomContext, CarriedRoom {
  readonly producers = new Map<string, RoomProducer>();
  readonly clock: Clock;
  readonly #slot: WorkerSlot;
  readonly #listener: MediaRoomListener;
  #current: RoomRouter | null = null;
  #capabilities: RtpCapabilities = {};
  #closed = false;

  private constructor({ slot, listener, clock }: RoomPartOptions) {
    this.#slot = slot;
    this.#listener = listener;
    this.clock = clock;
  }

  /** @throws {ProtocolError} MEDIA_RESTARTING */
  static async open(options: RoomPartOptions): Promise<RoomPart> {
    const part = new RoomPart(options);
    try {
      await part.#start();
      return part;
    } catch (error) {
      part.close();
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
      // If the new process has died as well, the next one replaces it; any other failure is final.
      if (!(error instanceof ProtocolError && error.code === 'MEDIA_RESTARTING')) this.#listener.failed();
      throw error;
    }
    if (!this.#closed) this.#listener.restarted();
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#slot.rooms.delete(this);
    this.#current?.router.close();
  }

  async #start(): Promise<void> {
    // Before the first await: rooms that open at the same time are distributed over the processes.
    this.#slot.rooms.add(this);
    const { process } = this.#slot;
    const opened = await mediaCall(() => openRouter(process, this.#listener));
    if (this.#closed) {
      opened.router.close();
      return;
    }
    this.#current = opened;
    this.#capabilities = toWire(RtpCapabilities, opened.router.rtpCapabilities);
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
