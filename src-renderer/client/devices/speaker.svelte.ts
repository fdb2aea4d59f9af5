import type { Preferences } from '../settings/preferences.svelte.ts';
import type { DeviceChoice, DeviceProblem, SpeakerView } from '../view.ts';
import { choicesOf, findRemembered, memoryOf, realDevices } from './choice.ts';
import { playTestSound } from './test-sound.ts';

/** The audio output device. */
export class Speaker implements SpeakerView {
  readonly kind = 'speaker';
  readonly on = true;
  readonly opening = false;
  readonly selectable = 'setSinkId' in HTMLMediaElement.prototype;
  readonly #preferences: Preferences;
  readonly #elements = new Set<HTMLMediaElement>();
  #devices = $state.raw<readonly MediaDeviceInfo[]>([]);
  #chosen = $state<string | null>(null);
  #problem = $state<DeviceProblem | null>(null);
  #testing = $state(false);

  readonly choices: readonly DeviceChoice[] = $derived(choicesOf(this.#devices));

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  get chosen(): string | null {
    return this.#chosen;
  }
  get problem(): DeviceProblem | null {
    return this.#problem;
  }
  get testing(): boolean {
    return this.#testing;
  }

  async choose(id: string): Promise<void> {
    const device = this.#devices.find(({ deviceId }) => deviceId === id);
    if (!device) return;
    this.#preferences.rememberDevice('speaker', memoryOf(device));
    this.#chosen = id;
    await this.#route();
  }

  setOn(): Promise<void> {
    return Promise.resolve();
  }

  async retry(): Promise<void> {
    await this.#route();
  }

  async test(): Promise<void> {
    if (this.#testing) return;
    this.#testing = true;
    try {
      await playTestSound(this.#sink);
    } finally {
      this.#testing = false;
    }
  }

  attach(element: HTMLMediaElement): () => void {
    this.#elements.add(element);
    void this.#send(element);
    return () => this.#elements.delete(element);
  }

  /** The outputs have changed: without the stored one, uses the system's default until it is back. */
  async devicesChanged(all: readonly MediaDeviceInfo[]): Promise<void> {
    const before = this.#sink;
    this.#devices = realDevices(all);
    const remembered = findRemembered(this.#devices, this.#preferences.device('speaker'));
    const system = all.find(({ deviceId }) => deviceId === 'default');
    const behindSystem = this.#devices.find(({ groupId }) => groupId === system?.groupId) ?? this.#devices[0];
    this.#chosen = (remembered ?? behindSystem)?.deviceId ?? null;
    if (this.#sink !== before) await this.#route();
  }

  /** The `setSinkId` of the chosen output; empty: the system's own, wherever it moves. */
  get #sink(): string {
    return findRemembered(this.#devices, this.#preferences.device('speaker'))?.deviceId ?? '';
  }

  async #route(): Promise<void> {
    this.#problem = null;
    await Promise.all([...this.#elements].map((element) => this.#send(element)));
  }

  async #send(element: HTMLMediaElement): Promise<void> {
    if (!this.selectable || element.sinkId === this.#sink) return;
    try {
      await element.setSinkId(this.#sink);
    } catch {
      this.#problem = 'failed';
    }
  }
}
