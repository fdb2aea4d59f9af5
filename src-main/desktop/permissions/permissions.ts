/** What a page of the app may ask of the computer: a table, and the two handlers that hold it. */
import type { Session } from 'electron';
import { isAppAddress } from '../page/scheme.ts';

/** Everything that is granted, with its reason. What is not in this table is denied. */
export const GRANTED: Readonly<Record<string, string>> = {
  media: 'Camera and microphone, where the person agreed to it for this host.',
  'display-capture': 'Sharing a screen; what is shared the person chooses in our own picker.',
  'speaker-selection': 'Choosing the loudspeaker or headset.',
  fullscreen: 'A shared screen, as large as one’s own.',
  notifications: 'Someone is waiting to be let in while another window is in front.',
  'clipboard-sanitized-write': 'Copying the invitation.',
  'screen-wake-lock': 'The screen stays on while one listens.',
  'local-network': 'Hosts are computers of the same network.',
  'loopback-network': 'One’s own host is on this computer.',
  'local-network-access': 'The name both of the above had before Chromium split them.',
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
 * Holds a session to the table. Without these handlers Electron grants nearly everything.
 *
 * @param mayUseMedia asked each time: whether the person lets this session's host use camera and microphone
 */
export function guardPermissions(session: Handlers, mayUseMedia: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayHave(permission, details.requestingUrl, details.isMainFrame, mayUseMedia())),
  );
  // A check may come without contents, and without an address of its own where no document makes it.
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayHave(permission, details.requestingUrl ?? requestingOrigin, details.isMainFrame, mayUseMedia()),
  );
  session.setDevicePermissionHandler(() => false);
}
