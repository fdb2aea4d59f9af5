import { parseInvite } from '../../src-shared/invite.ts';
import type { Invite } from '../../src-shared/invite.ts';
import { displayConstraints, unlessCancelled } from './display.ts';
import type { DisplayOptions, PickedDisplay } from './display.ts';
import { keepDisplayAwake } from './awake.ts';
import type { Platform, KeyValueStorage } from './platform.ts';

/** Parley as a page in a browser, served by the host itself. */
export class Browser implements Platform {
  readonly kind = 'browser';
  readonly hostOrigin = location.origin;
  readonly invite: Invite | null = parseInvite(location.href);
  readonly opened = false;
  readonly pinned = false;
  readonly publicOrigin = null;
  readonly desktop = null;

  constructor() {
    stripToken();
  }

  get storage(): KeyValueStorage {
    return localStorage;
  }

  async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
  }

  /** The host's Permissions-Policy header denies its pages the clipboard; asking would only log a violation. */
  readClipboard(): Promise<null> {
    return Promise.resolve(null);
  }

  async pickDisplay(options: DisplayOptions): Promise<PickedDisplay | null> {
    const stream = await unlessCancelled(navigator.mediaDevices.getDisplayMedia(displayConstraints(options)));
    return stream && { ...options, stream };
  }

  readonly keepAwake = keepDisplayAwake;
}

/** A token in the address would stay in the history and show on a shared screen. */
function stripToken(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('token')) return;
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
}
