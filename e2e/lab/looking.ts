import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Computer } from './network.ts';

const PROGRAM = fileURLToPath(new URL('look.ts', import.meta.url));

const Hosts = v.array(
  v.object({
    name: v.string(),
    version: v.string(),
    fingerprint: v.string(),
    origins: v.array(v.string()),
    sharesName: v.boolean(),
  }),
);
export type Hosts = v.InferOutput<typeof Hosts>;

/** Somebody who looks for hosts on a computer of the lab, all the time. */
export class Looking {
  readonly process: ChildProcess;
  #hosts: Hosts = [];
  readonly #waiting = new Set<() => void>();

  constructor(computer: Computer) {
    this.process = computer.start(process.execPath, [PROGRAM]);
    if (!this.process.stdout) throw new Error('no output');
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.#hosts = v.parse(Hosts, JSON.parse(line));
      for (const look of this.#waiting) look();
    });
    this.process.stderr?.pipe(process.stderr);
  }

  /** Those that are there now. */
  get hosts(): Hosts {
    return this.#hosts;
  }

  /** Resolves with the seconds it takes until the hosts are as wanted. @throws {Error} not within `ms` */
  until(wanted: (hosts: Hosts) => boolean, ms: number): Promise<number> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = () => {
        if (!wanted(this.#hosts)) return;
        stop();
        resolve((performance.now() - began) / 1000);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not within ${ms} ms: there are ${JSON.stringify(this.#hosts)}`));
      }, ms);
      this.#waiting.add(look);
      look();
    });
  }
}
