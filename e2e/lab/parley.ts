import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { type Computer, end } from './network.ts';

export const HEADLESS = fileURLToPath(new URL('../../dist/main/headless.js', import.meta.url));

const Listening = v.object({ url: v.string(), port: v.number(), fingerprint: v.string() });

/** The built host on a computer of the lab, which announces itself unless it is told not to. */
export class Parley {
  readonly #data: string;
  readonly #process: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly fingerprint: string;

  private constructor(
    data: string,
    process: ChildProcess,
    { url, port, fingerprint }: v.InferOutput<typeof Listening>,
  ) {
    this.#data = data;
    this.#process = process;
    this.url = url;
    this.port = port;
    this.fingerprint = fingerprint;
  }

  static async start(computer: Computer, name: string, more: readonly string[] = []): Promise<Parley> {
    const data = await mkdtemp(join(tmpdir(), 'parley-lab-'));
    const options = ['--json', '--name', name, '--data', data, ...more];
    const child = computer.start(process.execPath, [HEADLESS, ...options]);
    if (!child.stdout || !child.stderr) throw new Error('no output');
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
    const failed = once(child, 'exit').then((): never => {
      throw new Error(`the host did not start: ${said}`);
    });
    const [listening] = await Promise.race([line, failed]);
    failed.catch(() => undefined);
    return new Parley(data, child, v.parse(Listening, JSON.parse(listening)));
  }

  /** Ends it as its owner does (`SIGTERM`), or as a power cut does (`SIGKILL`). */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    return end(this.#process, signal);
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.#data, { recursive: true, force: true });
  }
}
