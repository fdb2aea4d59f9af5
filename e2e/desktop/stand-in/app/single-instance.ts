/** Allows one instance per data folder, as Chromium does: a lock file with the process id, and a socket on which later instances report. */
import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';

const Telling = v.object({ argv: v.array(v.string()), cwd: v.string() });
type Telling = v.InferOutput<typeof Telling>;

export class SingleInstance {
  readonly #lock: string;
  readonly #socket: string;
  #server: Server | null = null;
  #told: Promise<void> = Promise.resolve();

  /** @param folder the app's data */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#lock = join(folder, 'SingletonLock');
    this.#socket = join(folder, 'SingletonSocket');
  }

  /**
   * Whether this is the only instance. If not, reports to the first one.
   *
   * @param onOther called for each later instance
   */
  request(onOther: (telling: Telling) => void): boolean {
    if (!this.#take()) {
      this.#told = this.#tell({ argv: process.argv, cwd: process.cwd() });
      return false;
    }
    rmSync(this.#socket, { force: true });
    this.#server = createServer((socket) => {
      text(socket)
        .then((said) => onOther(v.parse(Telling, JSON.parse(said))))
        .catch((error: unknown) => console.error('another instance was not understood', error));
    });
    this.#server.listen(this.#socket).unref();
    return true;
  }

  /** Resolves when the first instance has received the report. */
  get told(): Promise<void> {
    return this.#told;
  }

  release(): void {
    if (!this.#server) return;
    this.#server.close();
    this.#server = null;
    rmSync(this.#lock, { force: true });
  }

  #take(): boolean {
    try {
      symlinkSync(String(process.pid), this.#lock);
      return true;
    } catch {
      if (isRunning(Number(readlinkSync(this.#lock)))) return false;
      rmSync(this.#lock);
      return this.#take();
    }
  }

  #tell(telling: Telling): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#socket, () => socket.end(JSON.stringify(telling)));
      socket.once('close', () => resolve());
      socket.once('error', reject);
    });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
