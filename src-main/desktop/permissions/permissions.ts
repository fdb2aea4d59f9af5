/** The browser permissions of the app's pages: a table, and the handlers that enforce it. */
import type { Session } from 'electron';
import { isAppAddress } from '../page/scheme.ts';

/** All permissions that are granted, each with its reason. Others are denied. */
export const GRANTED: Readonly<Record<string, string>> = {
  media: 'Camera and microphone, where the person agreed to it for this host.',
  'display-capture': 'Sharing a screen; the person chooses what to share in our own picker.',
  'speaker-selection': 'Choosing the loudspeaker or headset.',
  fullscreen: 'Showing a shared screen in full screen.',
  notifications: 'Someone waits to be admitted while another window is in front.',
  'clipboard-sanitized-write': 'Copying the invitation.',
  'screen-wake-lock': 'The display stays on during a meeting.',
  'local-network': 'Hosts are computers on the same network.',
  'loopback-network': 'The app’s own host is on this computer.',
  'local-network-access': 'The name of both permissions above before Chromium split them.',
};

/** Camera and microphone. */
const MEDIA = 'media';

/** Whether a frame at `address` may have `permission`. @param mayUseMedia whether the person lets this window's host use camera and microphone */
export function mayHave(permission: string, address: string, isMainFrame: boolean, mayUseMedia: boolean): boolean {
  if (permission === MEDIA && !mayUseMedia) return false;
  return Object.hasOwn(GRANTED, permission) && isMainFrame && isAppAddress(address);
}

type Handlers = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/**
 * Enforces the table in a session. Without these handlers Electron grants nearly everything.
 *
 * @param mayUseMedia asked each time: whether the person lets this session's host use camera and microphone
 */
export function guardPermissions(session: Handlers, mayUseMedia: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayHave(permission, details.requestingUrl, details.isMainFrame, mayUseMedia())),
  );
  // A check may have no web contents, and no address if no document makes it.
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayHave(permission, details.requestingUrl ?? requestingOrigin, details.isMainFrame, mayUseMedia()),
  );
  session.setDevicePermissionHandler(() => false);
}
