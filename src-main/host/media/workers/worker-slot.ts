import type { AnnouncedAddress } from '../../address.ts';
import type { Clock } from '../../meeting/ports.ts';
import { restarting } from '../failures.ts';
import type { BitRates } from './webrtc-servers.ts';
import { endMediaProcess, type MediaProcess, type MediaProcessOptions, startMediaProcess } from './worker.ts';

/** What a media process carries of a room, and must be made again on the next process. */
export interface CarriedRoom {
  restart(): Promise<void>;
}

/** What one media process does now. */
export interface WorkerFigures {
  /** CPU time since it started, s. */
  readonly cpuSeconds: number;
  readonly bitRates: BitRates;
}

/** Ctrl+C in a terminal ends these processes too: a moment shows whether all of the host is ending, ms. */
export const GRACE_MS = 100;
/** A process that died this soon after it replaced another is replaced after a longer pause, ms: each time twice as long. */
const STEADY_MS = 10_000;
/** The longest pause, ms. */
export const RETRY_MS = 1000;

/** A place for one media process: whenever it dies, another takes its place on the same port. */
export class WorkerSlot {
  readonly rooms = new Set<CarriedRoom>();
  /** Producer ids in use: a process knows each once. */
  readonly producerIds = new Set<string>();
  #options: MediaProcessOptions;
  readonly #clock: Clock;
  #process: MediaProcess | null = null;
  #replacedAt = -Infinity;
  /** How long to wait before the next replacement, ms. */
  #pause = GRACE_MS;
  #cancelReplacement: (() => void) | null = null;
  /** Settles when a replacement has been tried. */
  #replacing: Promise<void> | null = null;
  #closed = false;

  private constructor(options: MediaProcessOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** @throws {HostError} when the process cannot be started */
  static async open(options: MediaProcessOptions, clock: Clock): Promise<WorkerSlot> {
    const slot = new WorkerSlot(options, clock);
    slot.#occupy(await startMediaProcess(options));
    return slot;
  }

  get ready(): boolean {
    return this.#process !== null;
  }

  /** @throws {ProtocolError} MEDIA_RESTARTING between two processes */
  get process(): MediaProcess {
    if (!this.#process) throw restarting();
    return this.#process;
  }

  /** Null: it is being replaced. */
  async figures(): Promise<WorkerFigures | null> {
    const process = this.#process;
    if (!process) return null;
    try {
      const [usage, bitRates] = await Promise.all([process.worker.getResourceUsage(), process.servers.bitRates()]);
      return { cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000, bitRates };
    } catch (error) {
      if (process.worker.closed) return null;
      throw error;
    }
  }

  /** The addresses of this computer are these from now on. @throws {HostError} as `Servers.follow` */
  async follow(addresses: readonly AnnouncedAddress[]): Promise<void> {
    this.#options = { ...this.#options, addresses };
    await this.#process?.servers.follow(addresses);
  }

  /** Resolves when the process has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelReplacement?.();
    await this.#replacing;
    const worker = this.#process?.worker;
    this.#process = null;
    if (worker) await endMediaProcess(worker);
  }

  #occupy(process: MediaProcess): void {
    this.#process = process;
    process.worker.once('died', (death) => {
      this.#process = null;
      if (this.#clock.now() - this.#replacedAt > STEADY_MS) this.#pause = GRACE_MS;
      this.#replaceLater(death);
    });
  }

  #replaceLater(death: Error): void {
    if (this.#closed) return;
    this.#cancelReplacement = this.#clock.after(this.#pause, () => {
      this.#replacing = this.#replace(death);
    });
    this.#pause = Math.min(2 * this.#pause, RETRY_MS);
  }

  async #replace(death: Error): Promise<void> {
    const { log } = this.#options;
    this.#replacedAt = this.#clock.now();
    let process: MediaProcess;
    try {
      process = await startMediaProcess(this.#options);
    } catch (error) {
      log.error('A media process died and could not be replaced', { death, error });
      this.#replaceLater(death);
      return;
    }
    if (this.#closed) {
      await endMediaProcess(process.worker);
      return;
    }
    this.#occupy(process);
    try {
      // They may have changed while it started.
      await process.servers.follow(this.#options.addresses);
    } catch (error) {
      log.error('A new media process could not listen on every address', { error });
    }
    // It may have died meanwhile, and is being replaced itself.
    if (this.#process !== process) return;
    log.warn('A media process died, another took its place', { rooms: this.rooms.size, death });
    for (const room of this.rooms) {
      room.restart().catch((error: unknown) => {
        // If the new one has died as well, the next makes it good.
        this.#options.log.error('A room could not be restarted', { error });
      });
    }
  }
}
