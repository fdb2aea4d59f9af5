import type { ShareQuality } from '../../src-shared/ipc.ts';
import type { PickerBridge, PickerContext, ScreenSource } from '../../src-shared/picker-ipc.ts';
import { valueOf } from '../platform/bridge.ts';

/** Time from one set of thumbnails to the request for the next, ms. */
const REFRESH_MS = 1000;

/** The state of the picker, from the opening of its window to the person's choice. */
export class Picker {
  readonly #bridge: PickerBridge;
  readonly #context: PickerContext;
  #sources = $state.raw<readonly ScreenSource[] | null>(null);
  #chosen = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #answered = false;
  quality = $state<ShareQuality>('text');
  sound = $state(false);

  constructor(bridge: PickerBridge, context: PickerContext) {
    this.#bridge = bridge;
    this.#context = context;
    this.quality = context.quality;
    void this.#refresh();
  }

  /** Whether the system denies screen capture to the app. */
  get denied(): boolean {
    return this.#context.denied;
  }
  /** Whether the computer's sound can be shared too. */
  get offersSound(): boolean {
    return this.#context.sound;
  }
  /** Null until they are known. */
  get sources(): readonly ScreenSource[] | null {
    return this.#sources;
  }
  /** The chosen source; null: nothing is chosen yet, or it has closed. */
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

  /** Opens the system's settings where the person can allow screen capture, and cancels: it takes effect after a restart of the app. */
  openSettings(): void {
    void this.#bridge.openSettings();
    this.cancel();
  }

  async #refresh(): Promise<void> {
    // The call fails once the main process has cancelled the request; it then closes this window.
    const sources = await valueOf(this.#bridge.sources()).catch(() => null);
    if (this.#answered) return;
    if (sources) this.#sources = sources;
    this.#timer = setTimeout(() => void this.#refresh(), REFRESH_MS);
  }

  #answer(source: string | null): void {
    if (this.#answered) return;
    this.#answered = true;
    clearTimeout(this.#timer);
    void this.#bridge.answer({ source, quality: this.quality, sound: this.sound && this.offersSound });
  }
}
