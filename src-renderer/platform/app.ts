import type { Bridge, HomeContext, MeetingContext, Preferences, WindowContext } from '../../src-shared/ipc.ts';
import type { Invite } from '../../src-shared/invite.ts';
import { keepDisplayAwake } from './awake.ts';
import { valueOf } from './bridge.ts';
import { displayConstraints, frameRate, unlessCancelled } from './display.ts';
import type { DisplayOptions, PickedDisplay } from './display.ts';
import type { Platform, KeyValueStorage } from './platform.ts';
import { Desktop } from './desktop.svelte.ts';

/** Parley as the installed app: a window for the home screen or for one meeting. */
export class App implements Platform {
  readonly kind = 'app';
  readonly hostOrigin: string;
  readonly invite: Invite | null;
  readonly opened: boolean;
  readonly pinned: boolean;
  readonly publicOrigin: string | null;
  readonly storage: KeyValueStorage;
  readonly desktop: Desktop;
  readonly #bridge: Bridge;

  /** Asks the main process what this window is opened for. @throws {DesktopFailure} */
  static async open(bridge: Bridge): Promise<App> {
    return new App(bridge, await valueOf(bridge.context()));
  }

  private constructor(bridge: Bridge, context: WindowContext) {
    const meeting: MeetingContext | null = context.at === 'meeting' ? context : null;
    const home: HomeContext | null = context.at === 'home' ? context : null;
    this.#bridge = bridge;
    this.hostOrigin = meeting?.invite.origin ?? '';
    this.invite = meeting?.invite ?? null;
    this.opened = meeting?.opened ?? false;
    this.pinned = meeting?.trust === 'link';
    this.publicOrigin = meeting && new URL(meeting.link).origin;
    this.storage = new AppStorage(context.preferences, (all) => void bridge.savePreferences(all));
    this.desktop = new Desktop(bridge, home);
  }

  async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
  }

  readClipboard(): Promise<string | null> {
    return valueOf(this.#bridge.linkOnClipboard());
  }

  async pickDisplay(options: DisplayOptions): Promise<PickedDisplay | null> {
    const stream = await unlessCancelled(navigator.mediaDevices.getDisplayMedia(displayConstraints(options)));
    if (!stream) return null;
    // Chosen in the picker, which is not this page's; null where the system has its own.
    const quality = (await valueOf(this.#bridge.shareQuality())) ?? options.quality;
    if (quality !== options.quality) {
      const constraints = { frameRate: frameRate(quality) };
      // Another frame rate than asked for is no reason not to share.
      await Promise.allSettled(stream.getVideoTracks().map((track) => track.applyConstraints(constraints)));
    }
    return { stream, quality };
  }

  keepAwake(): () => void {
    const release = keepDisplayAwake();
    void this.#bridge.setInMeeting({ inMeeting: true });
    return () => {
      release();
      void this.#bridge.setInMeeting({ inMeeting: false });
    };
  }
}

/**
 * Storage in a file of the app. A browser's own storage would be lost with each meeting, because each
 * meeting's window has a session of its own.
 */
class AppStorage implements KeyValueStorage {
  readonly #values: Map<string, string>;
  readonly #save: (all: Preferences) => void;

  constructor(values: Preferences, save: (all: Preferences) => void) {
    this.#values = new Map(Object.entries(values));
    this.#save = save;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
    this.#save(Object.fromEntries(this.#values));
  }
}
