/** Electron's `app`: start, windows and end. */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as Electron from 'electron';
import * as v from 'valibot';
import { chromium } from '../chromium/chromium.ts';
import { Events } from '../events.ts';
import { NotInStandIn, present } from '../whole.ts';
import { openWindows, watchTargets, windowEvents } from '../windows/windows.ts';
import { SingleInstance } from './single-instance.ts';

const EVENTS = [
  // macOS alone has these two.
  'activate',
  'open-url',
  'before-quit',
  'quit',
  'ready',
  'second-instance',
  'will-quit',
  'window-all-closed',
] as const;

/** The signals that end Electron. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const Manifest = v.object({
  name: v.string(),
  productName: v.optional(v.string()),
  version: v.string(),
});

/** The app's package.json, as Electron reads it. @param entry `process.argv[1]`: a file, or a folder with a package.json */
function readManifest(entry: string): { name: string; version: string } {
  // For a file without a package Electron uses its own name.
  if (!statSync(entry).isDirectory()) return { name: 'Electron', version: process.versions.node };
  const text = readFileSync(join(entry, 'package.json'), 'utf8');
  const { name, productName = name, version } = v.parse(Manifest, JSON.parse(text));
  return { name: productName, version };
}

class StandInApp extends Events<(typeof EVENTS)[number]> {
  readonly isPackaged = false;
  readonly #manifest = readManifest(process.argv[1] ?? process.cwd());
  readonly #ready = Promise.withResolvers<undefined>();
  #single: SingleInstance | null = null;
  #quitting = false;
  #exiting = false;

  constructor() {
    super('app', EVENTS);
    windowEvents.on('last', () => this.#windowsGone());
  }

  /** Starts Chromium, then emits `ready`. @param switches of the command line */
  async start(switches: readonly string[]): Promise<void> {
    if (this.#exiting) return;
    for (const signal of SIGNALS) process.on(signal, () => this.quit());
    await chromium.start(switches);
    watchTargets();
    void chromium.ended.then(() => {
      if (!this.#exiting) this.#exit(1);
    });
    this.emit('ready', {});
    this.#ready.resolve(undefined);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** Every window must ask for the sandbox anyway; see windows/options.ts. */
  enableSandbox(): void {}

  /** The app's switches only, not those with which the stand-in starts Chromium. */
  readonly commandLine = present<Electron.CommandLine>('commandLine', { hasSwitch: () => false });

  getAppPath(): string {
    return resolve(process.argv[1] ?? process.cwd());
  }

  /** Registers nothing: tests pass links on the command line. */
  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  getName(): string {
    return this.#manifest.name;
  }

  getVersion(): string {
    return this.#manifest.version;
  }

  /** The language Chromium is started with. */
  getLocale(): string {
    return 'en-US';
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    if (name !== 'userData') throw new NotInStandIn(`app.getPath('${name}')`);
    return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), this.getName());
  }

  requestSingleInstanceLock(): boolean {
    this.#single = new SingleInstance(this.getPath('userData'));
    return this.#single.request(({ argv, cwd }) => this.emit('second-instance', {}, argv, cwd, null));
  }

  /** Emits `before-quit`, then closes each window; quits unless one of them prevents it. */
  quit(): void {
    if (this.#quitting || this.#exiting) return;
    this.#quitting = !this.isPrevented('before-quit');
    for (const window of openWindows()) {
      if (!this.#quitting) return;
      window.close();
      this.#quitting = window.closing;
    }
    if (this.#quitting && openWindows().length === 0) this.#leave();
  }

  #windowsGone(): void {
    if (this.#quitting) this.#leave();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  #leave(): void {
    this.#quitting = !this.isPrevented('will-quit');
    if (this.#quitting) this.#exit(0);
  }

  #exit(code: number): void {
    this.#exiting = true;
    this.emit('quit', {}, code);
    Promise.all([this.#single?.told, chromium.close()]).then(
      () => this.#gone(code),
      (error: unknown) => {
        console.error('the end of the app failed', error);
        this.#gone(1);
      },
    );
  }

  #gone(code: number): void {
    this.#single?.release();
    process.exit(code);
  }
}

const standIn = new StandInApp();

export const app = present<Electron.App>('app', standIn);

/** See {@link StandInApp.start}. */
export const start = (switches: readonly string[]): Promise<void> => standIn.start(switches);
