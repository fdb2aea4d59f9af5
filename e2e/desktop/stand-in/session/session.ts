/** Sessions: each a browser context of Chromium, with its own storage, connections and permissions. */
import type * as Electron from 'electron';
import { chromium } from '../chromium/chromium.ts';
import { NotInStandIn, present } from '../whole.ts';
import { isOwnScheme } from './addresses.ts';
import { Certificates } from './certificates.ts';
import { DisplayMedia } from './display-media.ts';
import { Permissions } from './permissions.ts';
import type { SchemeHandler } from './serving.ts';

export class StandInSession {
  readonly certificates = new Certificates();
  readonly permissions = new Permissions();
  readonly displayMedia = new DisplayMedia();
  readonly #handlers = new Map<string, SchemeHandler>();
  #context: Promise<string> | null = null;

  /** What the app sees. */
  readonly electron = present<Electron.Session>('session', {
    setCertificateVerifyProc: this.certificates.setVerifyProc,
    setPermissionRequestHandler: this.permissions.setRequestHandler,
    setPermissionCheckHandler: this.permissions.setCheckHandler,
    setDisplayMediaRequestHandler: this.displayMedia.setHandler,
    // Never asked: pages get no HID, serial or USB device, as Chromium's own chooser is never answered.
    setDevicePermissionHandler: () => undefined,
    protocol: present<Electron.Protocol>('session.protocol', {
      handle: (scheme, handler) => {
        if (!isOwnScheme(scheme)) throw new NotInStandIn(`scheme that is not registered as privileged (${scheme})`);
        this.#handlers.set(scheme, handler);
      },
    }),
  });

  readonly handlerOf = (scheme: string): SchemeHandler | undefined => this.#handlers.get(scheme);

  /** The id of its browser context, which is made when a first window needs it. */
  get browserContextId(): Promise<string> {
    this.#context ??= chromium.browser
      .send('Target.createBrowserContext')
      .then(({ browserContextId }) => browserContextId);
    return this.#context;
  }
}

const byName = new Map<string, StandInSession>();
const byElectron = new WeakMap<Electron.Session, StandInSession>();

export const session = present<typeof Electron.session>('session', {
  fromPartition(name, options) {
    if (name.startsWith('persist:') || options) throw new NotInStandIn('session that is kept');
    const known = byName.get(name) ?? new StandInSession();
    byName.set(name, known);
    byElectron.set(known.electron, known);
    return known.electron;
  },
});

/** The stand-in's object for a session of the app. @throws {NotInStandIn} there is no default session */
export function sessionBehind(electron: Electron.Session | undefined): StandInSession {
  const known = electron && byElectron.get(electron);
  if (!known) throw new NotInStandIn('default session');
  return known;
}
