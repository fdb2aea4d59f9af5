import type { Bridge, PickRequest, ScreenSource } from '../../src-shared/ipc.ts';
import { valueOf } from './bridge.ts';
import type { DisplayOptions } from './display.ts';

/** Thumbnails are live: the next ones are fetched this long after the last have come, ms. */
const REFRESH_MS = 1000;

type PickerBridge = Pick<Bridge, 'onPick' | 'onPickOver' | 'screenSources' | 'answerPick' | 'openPrivacySettings'>;

/** The app's own picker of screens and windows: open while the main process waits for an answer. */
export class Picker {
  readonly #bridge: PickerBridge;
  #request = $state.raw<PickRequest | null>(null);
  #sources = $state.raw<readonly ScreenSource[] | null>(null);
  #chosen = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  quality = $state<DisplayOptions['quality']>('text');
  sound = $state(false);

  constructor(bridge: PickerBridge) {
    this.#bridge = bridge;
    bridge.onPick((request) => this.#ask(request));
    bridge.onPickOver(({ pick }) => {
      if (this.#request?.pick === pick) this.#close();
    });
  }

  get open(): boolean {
    return this.#request !== null;
  }
  /** Whether the system withholds the screen from the app. */
  get denied(): boolean {
    return this.#request?.denied ?? false;
  }
  /** Whether the computer's sound can be shared along. */
  get offersSound(): boolean {
    return this.#request?.sound ?? false;
  }
  /** Null until they are known. */
  get sources(): readonly ScreenSource[] | null {
    return this.#sources;
  }
  /** What would be shared; null: nothing is chosen yet, or it is gone. */
  get chosen(): ScreenSource | null {
    return this.#sources?.find(({ id }) => id === this.#chosen) ?? null;
  }

  choose(id: string): void {
    this.#chosen = id;
  }

  /** Shares what is chosen. */
  share(): void {
    if (this.chosen) this.#answer(this.chosen.id);
  }

  cancel(): void {
    this.#answer(null);
  }

  /** Opens the system's settings where the person can allow it, and gives up for now: a new start of the app is needed. */
  openSettings(): void {
    void this.#bridge.openPrivacySettings({ area: 'screen' });
    this.cancel();
  }

  #ask(request: PickRequest): void {
    this.#close();
    this.#request = request;
    void this.#refresh(request);
  }

  async #refresh(request: PickRequest): Promise<void> {
    // A refusal means that the question is over; `onPickOver` or an answer closes the picker.
    const sources = await valueOf(this.#bridge.screenSources({ pick: request.pick })).catch(() => null);
    if (this.#request !== request) return;
    if (sources) this.#sources = sources;
    this.#timer = setTimeout(() => void this.#refresh(request), REFRESH_MS);
  }

  #answer(source: string | null): void {
    const request = this.#request;
    if (!request) return;
    this.#close();
    void this.#bridge.answerPick({ pick: request.pick, source, sound: this.sound && request.sound });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#request = null;
    this.#sources = null;
    this.#chosen = null;
  }
}
