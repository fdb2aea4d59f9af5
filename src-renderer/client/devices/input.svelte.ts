import type { Preferences } from '../settings/preferences.svelte.ts';
import type { DeviceChoice, DeviceProblem, InputDeviceView, OpeningProblem, RefusedDevice } from '../view.ts';
import { openOne } from './capture.ts';
import { choicesOf, deviceOfTrack, findRemembered, memoryOf } from './choice.ts';
import { deviceProblem } from './problem.ts';

/** How a microphone and a camera differ as devices. */
export interface InputKind {
  readonly kind: 'microphone' | 'camera';
  /** Whether it stays open while off: a muted microphone does, a camera's light goes out. */
  readonly openWhileOff: boolean;
  constraints(): MediaTrackConstraints;
}

/** A microphone or a camera: the chosen device, whether it is on, and its track. */
export class InputDevice implements InputDeviceView {
  readonly kind: 'microphone' | 'camera';
  readonly #type: InputKind;
  readonly #preferences: Preferences;
  readonly #listeners = new Set<() => void>();
  #devices = $state.raw<readonly MediaDeviceInfo[]>([]);
  #track = $state.raw<MediaStreamTrack | null>(null);
  #chosen = $state<string | null>(null);
  #on = $state(true);
  #opening = $state(false);
  #problem = $state<DeviceProblem | null>(null);
  #refused = $state.raw<RefusedDevice | null>(null);
  #inUse = false;
  /** How many want it to stay open while off. */
  #holders = 0;
  /** Counts attempts to open, so that one that was overtaken closes its track. */
  #attempt = 0;

  readonly choices: readonly DeviceChoice[] = $derived(choicesOf(this.#devices));

  constructor(type: InputKind, preferences: Preferences) {
    this.kind = type.kind;
    this.#type = type;
    this.#preferences = preferences;
    this.#on = preferences.startsOn(type.kind);
  }

  get chosen(): string | null {
    return this.#chosen;
  }
  get on(): boolean {
    return this.#on;
  }
  get opening(): boolean {
    return this.#opening;
  }
  get problem(): DeviceProblem | null {
    return this.#problem;
  }
  get refused(): RefusedDevice | null {
    return this.#refused;
  }
  /** The current track; that of a muted microphone is silent. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** Calls `listener` whenever the track or `on` changes; returns the undo. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async choose(id: string): Promise<void> {
    const device = this.#devices.find(({ deviceId }) => deviceId === id);
    if (!device) return;
    const before = { chosen: this.#chosen, stored: this.#preferences.device(this.kind) };
    this.#preferences.rememberDevice(this.kind, memoryOf(device));
    this.#chosen = id;
    this.#refused = null;
    if (!this.#wanted) return;
    const problem = await this.#open();
    if (!problem || !this.#track) return;
    // It could not be opened: the previous device stays in use, and stays the stored choice.
    const working = this.#source;
    const stored = working ? memoryOf(working) : before.stored;
    if (stored) this.#preferences.rememberDevice(this.kind, stored);
    if (!working) this.#chosen = before.chosen;
    const kept = working?.label ?? this.#track.label;
    if (working !== device) this.#refused = { id, label: device.label, problem, kept };
  }

  async setOn(on: boolean): Promise<void> {
    this.#on = on;
    this.#preferences.rememberOn(this.kind, on);
    if (this.#track) this.#track.enabled = on;
    if (!this.#wanted) this.#giveUp();
    this.#notify();
    if (this.#wanted && !this.#track && this.#inUse) await this.retry();
  }

  /**
   * Within a call from browser to browser it is switched by its track alone (`enabled`): once open it
   * stays open until the returned function is called.
   */
  hold(): () => void {
    this.#holders++;
    return () => {
      this.#holders--;
      if (this.#wanted) return;
      this.#giveUp();
      this.#notify();
    };
  }

  async retry(): Promise<void> {
    await this.#open();
  }

  /**
   * Starts an opening that the caller carries out, so that two devices can be opened in one prompt.
   * Null where nothing is to be opened.
   */
  begin(): Opening | null {
    this.#inUse = true;
    if (!this.#wanted) return null;
    const attempt = ++this.#attempt;
    const remembered = findRemembered(this.#devices, this.#preferences.device(this.kind));
    const stored = this.#preferences.device(this.kind)?.id;
    // Chromium opens its default device where the id is only `ideal`. `exact` is for a device that is there.
    const deviceId = remembered ? { exact: remembered.deviceId } : stored !== undefined && { ideal: stored };
    this.#opening = true;
    return {
      constraints: { ...this.#type.constraints(), ...(deviceId && { deviceId }) },
      done: (track) => {
        if (attempt !== this.#attempt) {
          track.stop();
          return;
        }
        this.#opening = false;
        this.#problem = null;
        this.#refused = null;
        this.#take(track);
      },
      failed: (error) => {
        if (attempt !== this.#attempt) return;
        this.#opening = false;
        if (this.#track?.readyState === 'live') {
          // The device in use stays open.
          this.#recognise();
          return;
        }
        this.#problem = deviceProblem(error);
        this.#release();
        this.#notify();
      },
    };
  }

  /** The devices of this kind have changed: replaces one that was unplugged, and returns to the stored one when it is back. */
  async devicesChanged(devices: readonly MediaDeviceInfo[]): Promise<void> {
    this.#devices = devices;
    this.#recognise();
    if (!this.#inUse || !this.#wanted || this.#opening) return;
    const remembered = findRemembered(devices, this.#preferences.device(this.kind));
    const gone = !this.#track && (this.#problem === 'ended' || this.#problem === 'missing') && devices.length > 0;
    const back = this.#track && remembered && this.#chosen !== null && remembered.deviceId !== this.#chosen;
    if (gone || back) await this.retry();
  }

  close(): void {
    this.#inUse = false;
    this.#giveUp();
    this.#notify();
  }

  get #wanted(): boolean {
    return this.#on || this.#type.openWhileOff || (this.#holders > 0 && this.#track !== null);
  }

  /** Opens the stored device. Returns why it failed; null: it did not, or another attempt or `close` has overtaken it. */
  async #open(): Promise<OpeningProblem | null> {
    const wish = this.begin();
    if (!wish) return null;
    const attempt = this.#attempt;
    try {
      wish.done(await openOne(this.kind === 'camera' ? 'video' : 'audio', wish.constraints));
      return null;
    } catch (error) {
      wish.failed(error);
      return attempt === this.#attempt ? deviceProblem(error) : null;
    }
  }

  #take(track: MediaStreamTrack): void {
    const previous = this.#track;
    track.enabled = this.#on;
    track.contentHint = this.kind === 'camera' ? 'motion' : 'speech';
    track.addEventListener('ended', () => this.#ended(track));
    this.#track = track;
    this.#recognise();
    this.#notify();
    // Only after the listeners have the new one, or the picture would be black in between.
    previous?.stop();
  }

  /** The device that the open track comes from. */
  get #source(): MediaDeviceInfo | null {
    if (!this.#track) return null;
    return deviceOfTrack(this.#devices, { label: this.#track.label, settings: this.#track.getSettings() });
  }

  #recognise(): void {
    this.#chosen = this.#source?.deviceId ?? this.#chosen;
  }

  /** By itself: unplugged, or its permission withdrawn; `stop()` does not lead here. */
  #ended(track: MediaStreamTrack): void {
    if (track !== this.#track) return;
    this.#problem = 'ended';
    this.#release();
    this.#notify();
    void this.devicesChanged(this.#devices.filter(({ deviceId }) => deviceId !== this.#chosen));
  }

  /** Closes the device, and the result of an attempt in progress. */
  #giveUp(): void {
    this.#attempt++;
    this.#opening = false;
    this.#release();
  }

  #release(): void {
    this.#refused = null;
    this.#track?.stop();
    this.#track = null;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** An attempt to open a device. */
export interface Opening {
  readonly constraints: MediaTrackConstraints;
  done(track: MediaStreamTrack): void;
  failed(error: unknown): void;
}
