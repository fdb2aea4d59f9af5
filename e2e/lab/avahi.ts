/** Avahi as Debian has it, on a computer of the lab: another implementation of multicast DNS. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Computer } from './network.ts';

/** A message bus for nobody but this Avahi and its tools. */
const bus = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

const DAEMON = `[server]
host-name=stranger
use-ipv4=yes
use-ipv6=yes
[publish]
publish-workstation=no
`;

/** It writes where its process is to a fixed place, which the machine's own Avahi may use: it sees another. */
const START = 'mkdir -p /run/avahi-daemon && mount -t tmpfs tmpfs /run/avahi-daemon && exec avahi-daemon "$@"';

export class Avahi {
  readonly #computer: Computer;
  readonly #folder: string;
  readonly #env: Record<string, string>;

  private constructor(computer: Computer, folder: string, env: Record<string, string>) {
    this.#computer = computer;
    this.#folder = folder;
    this.#env = env;
  }

  static async start(computer: Computer): Promise<Avahi> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-avahi-'));
    const [socket, busFile, daemonFile] = ['bus', 'bus.conf', 'avahi.conf'].map((name) => join(folder, name));
    if (!socket || !busFile || !daemonFile) throw new Error('no names');
    await writeFile(busFile, bus(socket));
    await writeFile(daemonFile, DAEMON);
    const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` };
    const daemon = computer.start('dbus-daemon', [
      `--config-file=${busFile}`,
      '--nofork',
      '--nopidfile',
      '--print-address',
    ]);
    await said(daemon, /unix:path/);
    const options = ['-f', daemonFile, '--no-drop-root', '--no-chroot', '--no-rlimits'];
    const avahi = computer.start('unshare', ['--mount', 'sh', '-c', START, 'sh', ...options], env);
    await said(avahi, /Server startup complete/);
    return new Avahi(computer, folder, env);
  }

  /** The instances of Parley's service, each with its address, port and TXT record, as `avahi-browse` prints them. */
  async browse(): Promise<string[]> {
    const text = await this.#computer.ask('avahi-browse', ['-rpt', '_parley._tcp'], this.#env);
    return text.split('\n').filter((line) => line.startsWith('='));
  }

  /** Resolves when `avahi-browse`, which runs from now on, has seen every instance of the service go. */
  async untilGone(leave: () => Promise<void>): Promise<void> {
    const child = this.#computer.start('avahi-browse', ['-p', '_parley._tcp'], this.#env);
    const all = new Set<string>();
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('avahi-browse ended')));
      if (!child.stdout) throw new Error('no output');
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [change, ...service] = line.split(';');
        if (change === '-') all.delete(service.join());
        else if (all.add(service.join()).size === 1) leave().catch(reject);
        if (all.size === 0) resolve();
      });
    });
  }

  /** Announces a service until the process is ended. */
  async publish(name: string, port: number, txt: readonly string[]): Promise<ChildProcess> {
    const child = this.#computer.start('avahi-publish', ['-s', name, '_parley._tcp', String(port), ...txt], this.#env);
    await said(child, /Established/);
    return child;
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Resolves when the program has written it. Rejects when it ends before. */
function said(child: ChildProcess, text: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = '';
    const read = (chunk: Buffer) => {
      all += chunk.toString();
      if (text.test(all)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(all)));
  });
}
