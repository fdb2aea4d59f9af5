/**
 * Networks and computers of a test's own: Linux network namespaces, joined by bridges that lead nowhere else.
 * Nothing that is sent in them leaves this machine. Needs root.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `ip` of iproute2. @throws {Error} with what it said */
async function ip(...args: string[]): Promise<void> {
  await run('ip', args);
}

let made = 0;

/** A network without a router: what is connected to it can reach each other. */
export class Network {
  readonly #namespace: string;
  #cables = 0;

  private constructor(namespace: string) {
    this.#namespace = namespace;
  }

  static async make(): Promise<Network> {
    const namespace = `parley-lab-${process.pid}-${made++}`;
    await ip('netns', 'add', namespace);
    await ip('-n', namespace, 'link', 'add', 'bridge', 'type', 'bridge', 'mcast_snooping', '0');
    await ip('-n', namespace, 'link', 'set', 'bridge', 'up');
    return new Network(namespace);
  }

  /** Connects a namespace by a new network card of that name. */
  async connect(namespace: string, card: string): Promise<void> {
    const port = `port${this.#cables++}`;
    const other = ['peer', 'name', card, 'netns', namespace];
    await ip('-n', this.#namespace, 'link', 'add', port, 'type', 'veth', ...other);
    await ip('-n', this.#namespace, 'link', 'set', port, 'master', 'bridge', 'up');
    await ip('-n', namespace, 'link', 'set', card, 'up');
  }

  async dispose(): Promise<void> {
    await ip('netns', 'del', this.#namespace);
  }
}

/** A computer of its own as far as networks go; it shares files and processes with this one. */
export class Computer {
  readonly #namespace: string;
  readonly #processes: ChildProcess[] = [];

  private constructor(namespace: string) {
    this.#namespace = namespace;
  }

  static async make(): Promise<Computer> {
    const namespace = `parley-lab-${process.pid}-${made++}`;
    await ip('netns', 'add', namespace);
    await ip('-n', namespace, 'link', 'set', 'lo', 'up');
    return new Computer(namespace);
  }

  /** @param addresses with prefix length, such as `10.77.0.1/24` */
  async join(network: Network, card: string, ...addresses: string[]): Promise<void> {
    await network.connect(this.#namespace, card);
    for (const address of addresses) await this.address('add', card, address);
  }

  /** Gives a network card an address, or takes it away. */
  async address(change: 'add' | 'del', card: string, address: string): Promise<void> {
    // Without the search for duplicates, so that the address can be used at once.
    const nodad = change === 'add' && address.includes(':') ? ['nodad'] : [];
    await ip('-n', this.#namespace, 'address', change, address, 'dev', card, ...nodad);
  }

  /** Starts a program here, with its standard input where that is wanted; `kill` of the process ends the program itself. */
  start(
    program: string,
    args: readonly string[],
    env: Record<string, string> = {},
    { input = false } = {},
  ): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#namespace, program, ...args], {
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#processes.push(child);
    return child;
  }

  /** What a program writes that ends by itself. @throws {Error} it failed */
  async ask(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const { stdout } = await run('ip', ['netns', 'exec', this.#namespace, program, ...args], {
      env: { ...process.env, ...env },
      timeout: 30_000,
    });
    return stdout;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#processes.map((child) => end(child, 'SIGKILL')));
    await ip('netns', 'del', this.#namespace);
  }
}

/** Ends a process and waits until it has ended. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
