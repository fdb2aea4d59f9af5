import type { Invite } from '../../src-shared/invite.ts';

export interface DisplayOptions {
  /** `text`: sharp and still, for documents; `motion`: fluent, for films. */
  quality: 'text' | 'motion';
}

/** What differs between a browser and the desktop app. */
export interface Platform {
  readonly kind: 'browser' | 'app';
  /** `https://address:port` whose API answers when no invite names another. */
  readonly hostOrigin: string;
  /** The invite this page was opened with, if any. */
  readonly invite: Invite | null;
  copy(text: string): Promise<void>;
  /** The clipboard's text where it may be read without asking the person; null otherwise. */
  readClipboard(): Promise<string | null>;
  /**
   * Lets the person pick a screen, window or tab, with its sound where the system gives it.
   * Resolves to null when they change their mind.
   *
   * @throws {DOMException} as `getDisplayMedia` does
   */
  pickDisplay(options: DisplayOptions): Promise<MediaStream | null>;
  /** Keeps the display from sleeping until the returned function is called. */
  keepAwake(): () => void;
}
