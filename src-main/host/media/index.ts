/** Implements the meeting's port `Media` with mediasoup: one process per core, one router per room. */
import { setLogEventListeners } from 'mediasoup';
import { availableParallelism } from 'node:os';
import { MAX_ROOMS_PER_WORKER } from '../../../src-shared/limits.ts';
import type { AnnouncedAddress } from '../address.ts';
import type { Clock, Media } from '../meeting/index.ts';
import { full, isRefusal, restarting } from './failures.ts';
import { MediasoupRoom } from './mediasoup-room.ts';
import { type WorkerFigures, WorkerSlot } from './workers/worker-slot.ts';
import type { MediaProcessOptions } from './workers/worker.ts';

export interface MediaOptions extends MediaProcessOptions {
  readonly clock: Clock;
  /** Processes to start; absent: one per core. The first listens on `port`, the second on `port + 1`, … */
  readonly workerCount?: number | undefined;
}

export interface HostMedia extends Media {
  /** The addresses of this computer are these from now on. @throws {HostError} MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE */
  follow(addresses: readonly AnnouncedAddress[]): Promise<void>;
  /** What each media process does now, by its number; null: it is being replaced. */
  figures(): Promise<readonly (WorkerFigures | null)[]>;
  /** Whether a media process runs. */
  readonly ready: boolean;
  close(): Promise<void>;
}

/** @throws {HostError} WORKER_FAILED, MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE */
export async function createMedia({
  workerCount = availableParallelism(),
  clock,
  ...options
}: MediaOptions): Promise<HostMedia> {
  const { log, port } = options;
  let closing = false;
  setLogEventListeners({
    // What a process says while it is being ended is of no use to anyone.
    onerror: (where, what, error) => closing || isRefusal(what) || log.error('mediasoup', { where, what, error }),
  });
  const starting = Array.from({ length: workerCount }, (_, index) =>
    WorkerSlot.open({ ...options, port: port === 0 ? 0 : port + index }, clock),
  );
  const started = await Promise.allSettled(starting);
  const slots = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async () => {
    closing = true;
    await Promise.all(slots.map((slot) => slot.close()));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    async openRoom(listener) {
      const [slot] = slots.filter(({ ready }) => ready).sort((a, b) => a.rooms.size - b.rooms.size);
      if (!slot) throw restarting();
      if (slot.rooms.size >= MAX_ROOMS_PER_WORKER) throw full();
      return MediasoupRoom.open({ slot, listener, clock });
    },
    async follow(addresses) {
      await Promise.all(slots.map((slot) => slot.follow(addresses)));
    },
    figures: () => Promise.all(slots.map((slot) => slot.figures())),
    get ready() {
      return slots.some((slot) => slot.ready);
    },
    close,
  };
}
