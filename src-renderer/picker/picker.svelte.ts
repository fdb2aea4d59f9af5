import type { ShareQuality } from '../../src-shared/ipc.ts';
import type { PickerBridge, PickerContext, ScreenSource } from '../../src-shared/picker-ipc.ts';
import { valueOf } from '../platform/bridge.ts';

/** Thumbnails are live: the next are fetched this long after the last have come, ms. */
const REFRESH_MS = 1000;

/** One question what to share: from the opening of the picker's window to its answer. */
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

  /** Whether the system withholds the screen from the app. */
  get denied(): boolean {
    return this.#context.denied;
  }
  /** Whether the computer's sound can be shared along. */
  get offersSound(): boolean {
    return this.#context.sound;
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
    void this.#bridge.openSettings();
    this.cancel();
  }

  async #refresh(): Promise<void> {
    // A refusal means that the question is over: the main process closes this window.
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
