import type { Invite } from '../../src-shared/invite.ts';
import type { DisplayOptions, PickedDisplay } from './display.ts';
import type { Desktop } from './desktop.svelte.ts';

/** What of the Web Storage API the page uses. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** What differs between a browser and the desktop app. */
export interface Platform {
  readonly kind: 'browser' | 'app';
  /** `https://address:port` whose API answers when no invite names another. */
  readonly hostOrigin: string;
  /** The invite this page was opened with, if any. */
  readonly invite: Invite | null;
  /** Whether the person has just opened that room. */
  readonly opened: boolean;
  /** Whether the host's key has been checked against the one the invite names. */
  readonly pinned: boolean;
  /** `https://address:port` where others reach the host of `invite`, when it is another than the invite's. */
  readonly publicOrigin: string | null;
  /** @throws {DOMException} where it is forbidden */
  readonly storage: KeyValueStorage;
  /** The desktop app; null in a browser. */
  readonly desktop: Desktop | null;
  copy(text: string): Promise<void>;
  /** The clipboard's text where it may be read without asking the person; null otherwise. */
  readClipboard(): Promise<string | null>;
  /**
   * Lets the person pick a screen, window or tab, with its sound where the system gives it.
   * Resolves to null when they cancel. `quality` is the one they chose there.
   *
   * @throws {DOMException} as `getDisplayMedia` does
   */
  pickDisplay(options: DisplayOptions): Promise<PickedDisplay | null>;
  /** The person is in a meeting, until the returned function is called: the display stays on. */
  keepAwake(): () => void;
}
