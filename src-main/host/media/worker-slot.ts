import type { Clock } from '../meeting/ports.ts';
import { restarting } from './failures.ts';
import { endMediaProcess, type MediaProcess, type MediaProcessOptions, startMediaProcess } from './worker.ts';

/** What lives on a media process and must be made again on the next. */
export interface Tenant {
  restart(): Promise<void>;
}

/** A process that died this soon after it replaced another is not replaced at once, ms. */
const STEADY_MS = 10_000;
const RETRY_MS = 1000;

/** A place for one media process: whenever it dies, another takes its place on the same port. */
export class WorkerSlot {
  readonly tenants = new Set<Tenant>();
  /** Producer ids in use: a process knows each once. */
  readonly producerIds = new Set<string>();
  readonly #options: MediaProcessOptions;
  readonly #clock: Clock;
  #process: MediaProcess | null = null;
  #replacedAt = -Infinity;
  #cancelRetry: (() => void) | null = null;
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

  /** Resolves when the process has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    await this.#replacing;
    const worker = this.#process?.worker;
    this.#process = null;
    if (worker) await endMediaProcess(worker);
  }

  #occupy(process: MediaProcess): void {
    this.#process = process;
    process.worker.once('died', (error) => {
      this.#process = null;
      this.#options.log.error('A media process died', { pid: process.worker.pid, rooms: this.tenants.size, error });
      if (this.#clock.now() - this.#replacedAt > STEADY_MS) this.#replacing = this.#replace();
      else this.#retry();
    });
  }

  async #replace(): Promise<void> {
    this.#replacedAt = this.#clock.now();
    try {
      const process = await startMediaProcess(this.#options);
      if (this.#closed) {
        await endMediaProcess(process.worker);
        return;
      }
      this.#occupy(process);
      this.#options.log.info('A media process has taken its place', { pid: process.worker.pid });
    } catch (error) {
      this.#options.log.error('A media process could not be replaced', { error });
      this.#retry();
      return;
    }
    for (const tenant of this.tenants) {
      tenant.restart().catch((error: unknown) => {
        // If the new one has died as well, the next makes it good.
        this.#options.log.error('A room could not be restarted', { error });
      });
    }
  }

  #retry(): void {
    if (this.#closed) return;
    this.#cancelRetry = this.#clock.after(RETRY_MS, () => {
      this.#replacing = this.#replace();
    });
  }
}
