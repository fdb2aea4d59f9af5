import { parseInvite } from '../../src-shared/invite.ts';
import type { Invite } from '../../src-shared/invite.ts';
import { displayConstraints } from './display.ts';
import type { DisplayOptions, Platform } from './platform.ts';

/** Parley as a page in a browser, served by the host itself. */
export class Browser implements Platform {
  readonly kind = 'browser';
  readonly hostOrigin = location.origin;
  readonly invite: Invite | null = parseInvite(location.href);

  constructor() {
    stripToken();
  }

  async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
  }

  async readClipboard(): Promise<string | null> {
    try {
      const { state } = await navigator.permissions.query({ name: 'clipboard-read' });
      return state === 'granted' ? await navigator.clipboard.readText() : null;
    } catch {
      // Firefox and Safari know no such permission: there, reading always asks.
      return null;
    }
  }

  async pickDisplay(options: DisplayOptions): Promise<MediaStream | null> {
    try {
      return await navigator.mediaDevices.getDisplayMedia(displayConstraints(options));
    } catch (error) {
      const cancelled = error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
      if (cancelled) return null;
      throw error;
    }
  }

  keepAwake(): () => void {
    if (!('wakeLock' in navigator)) return () => undefined;
    let lock: WakeLockSentinel | null = null;
    let released = false;
    const acquire = (): void => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock.request('screen').then(
        (sentinel) => {
          if (released) void sentinel.release();
          else lock = sentinel;
        },
        // A battery saver may refuse; the meeting goes on.
        () => undefined,
      );
    };
    acquire();
    // The browser releases the lock of a hidden page.
    document.addEventListener('visibilitychange', acquire);
    return () => {
      released = true;
      document.removeEventListener('visibilitychange', acquire);
      void lock?.release();
    };
  }
}

/** A token in the address would stay in the history and show on a shared screen. */
function stripToken(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('token')) return;
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
}
