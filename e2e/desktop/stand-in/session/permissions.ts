/**
 * Asks the app's handlers what a page may have. Electron asks them whenever Chromium needs to know;
 * here Chromium is told once, before a page loads, and only camera, microphone and screens are asked
 * for again each time the page wants them.
 */
import type * as Electron from 'electron';
import { chromium } from '../chromium/chromium.ts';
import { appOrigin, toWeb } from './addresses.ts';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type Permission = Parameters<NonNullable<RequestHandler>>[1];
type MediaType = 'audio' | 'video';

/** A permission by Chromium's name for it, with Electron's. */
interface Entry {
  name: string;
  permission: Permission;
  mediaType?: MediaType;
}

const DEVICES: Record<MediaType, Entry> = {
  audio: { name: 'microphone', permission: 'media', mediaType: 'audio' },
  video: { name: 'camera', permission: 'media', mediaType: 'video' },
};

const OTHERS: readonly Entry[] = [
  { name: 'clipboard-read', permission: 'clipboard-read' },
  { name: 'clipboard-write', permission: 'clipboard-sanitized-write' },
  { name: 'display-capture', permission: 'display-capture' },
  { name: 'geolocation', permission: 'geolocation' },
  { name: 'idle-detection', permission: 'idle-detection' },
  { name: 'local-fonts', permission: 'local-fonts' },
  { name: 'local-network', permission: 'local-network' },
  { name: 'loopback-network', permission: 'loopback-network' },
  { name: 'midi', permission: 'midi' },
  { name: 'notifications', permission: 'notifications' },
  { name: 'screen-wake-lock', permission: 'screen-wake-lock' },
  { name: 'speaker-selection', permission: 'speaker-selection' },
  { name: 'window-management', permission: 'window-management' },
];

/** Who asks: a page, in the browser context of its session. */
export interface Asking {
  contents: Electron.WebContents;
  url: string;
  browserContextId: string;
}

export class Permissions {
  #request: RequestHandler = null;
  #check: CheckHandler = null;

  readonly setRequestHandler = (handler: RequestHandler): void => {
    this.#request = handler;
  };

  readonly setCheckHandler = (handler: CheckHandler): void => {
    this.#check = handler;
  };

  /** Sets all permissions of the page at `url` in Chromium, before it loads. */
  async settle(asking: Asking): Promise<void> {
    const devices = Object.values(DEVICES).map((entry) => tell(asking, entry, this.#checks(asking, entry)));
    const others = OTHERS.map(async (entry) => {
      const granted = this.#checks(asking, entry) && (await this.#asks(asking, entry.permission, []));
      await tell(asking, entry, granted);
    });
    await Promise.all([...devices, ...others]);
  }

  /** The page wants camera or microphone now. Resolves to whether it may. */
  async requestDevices(asking: Asking, mediaTypes: MediaType[]): Promise<boolean> {
    const granted = await this.#asks(asking, 'media', mediaTypes);
    if (granted) await Promise.all(mediaTypes.map((type) => tell(asking, DEVICES[type], true)));
    return granted;
  }

  /** The page wants a screen now. Resolves to whether it may. */
  requestDisplay(asking: Asking, mediaTypes: MediaType[]): Promise<boolean> {
    return this.#asks(asking, 'display-capture', mediaTypes);
  }

  /** Electron grants where there is no handler. */
  #checks({ contents, url }: Asking, { permission, mediaType }: Entry): boolean {
    return (
      this.#check?.(contents, permission, `${appOrigin(url)}/`, {
        requestingUrl: url,
        isMainFrame: true,
        ...(mediaType && { mediaType }),
      }) ?? true
    );
  }

  #asks({ contents, url }: Asking, permission: Permission, mediaTypes: MediaType[]): Promise<boolean> {
    const handler = this.#request;
    if (!handler) return Promise.resolve(true);
    return new Promise((resolve) => {
      handler(contents, permission, resolve, { requestingUrl: url, isMainFrame: true, mediaTypes });
    });
  }
}

async function tell({ url, browserContextId }: Asking, { name }: Entry, granted: boolean): Promise<void> {
  await chromium.browser.send('Browser.setPermission', {
    permission: { name },
    setting: granted ? 'granted' : 'denied',
    origin: new URL(toWeb(url)).origin,
    browserContextId,
  });
}
