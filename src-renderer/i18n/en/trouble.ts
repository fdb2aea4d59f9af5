/** What one reads when something ends or cannot begin. */
import type { Explained } from '../explained.ts';
import type { Problem } from '../../client/view.ts';
import type { ShellProblemCode } from '../../../src-shared/ipc.ts';

export const trouble = {
  problems: {
    BAD_REQUEST: {
      title: 'The host did not understand',
      cause: 'Your Parley and the host’s may be of different ages. Update both, then try again.',
    },
    UNAUTHORIZED: {
      title: 'This link opens no door',
      cause: 'It was withdrawn or has run out. Ask whoever invited you for a new one.',
    },
    FORBIDDEN: { title: 'That is up to the host', cause: 'Ask the host of the meeting.' },
    NOT_FOUND: {
      title: 'This meeting is not here',
      cause: 'The link is incomplete, or the meeting has ended. Ask whoever invited you for a new link.',
    },
    NOT_JOINED: { title: 'You are not in the meeting', cause: 'The connection was closed. Join again.' },
    CONFLICT: {
      title: 'You are already in this meeting',
      cause: 'It is open in another window or on another device. Leave there first.',
    },
    WAITING: { title: 'Somebody has to let you in', cause: 'Your host has been told. Try again in a moment.' },
    LOCKED: { title: 'This meeting is locked', cause: 'Nobody else can come in just now. Ask your host to unlock it.' },
    FULL: {
      title: 'This meeting is full',
      cause: 'The host’s computer has no room for one more. Try again when somebody has left.',
    },
    LIMIT: { title: 'That is as much as the host takes', cause: 'Close something here, then try again.' },
    RATE_LIMITED: { title: 'That was a little fast', cause: 'Wait a moment, then try again.' },
    CANNOT_CONSUME: {
      title: 'This browser cannot show the others',
      cause: 'Open the link in a current Chrome, Edge, Firefox or Safari, or in the Parley app.',
    },
    MEDIA_RESTARTING: { title: 'Sound and picture are starting again', cause: 'It takes a second or two.' },
    INTERNAL: { title: 'Something broke on the host', cause: 'It was written down there. Try again.' },
    UNREACHABLE: {
      title: 'The host does not answer',
      cause: 'Its computer may be off, asleep or on another network. Are you both on the same Wi-Fi?',
    },
    VERSION: {
      title: 'Two different versions of Parley',
      cause: 'The host speaks another version than you do. Update both, then try again.',
    },
    CLOSED: { title: 'The meeting has ended', cause: 'The host ended it or closed Parley.' },
    REMOVED: {
      title: 'You are out of the meeting',
      cause: 'The host took you out, or you came in from somewhere else.',
    },
    UNSUPPORTED: {
      title: 'This browser cannot hold a meeting',
      cause: 'Open the link in a current Chrome, Edge, Firefox or Safari, or in the Parley app.',
    },
  } satisfies Record<Problem['code'], Explained>,
  ended: {
    left: 'You have left',
    leftAfter: (room: string, time: string) => `${room}, after ${time}`,
    rejoin: 'Join again',
  },
  shell: {
    BAD_REQUEST: { title: 'That is not a meeting link', cause: 'Copy the whole link and paste it here.' },
    NOT_A_LINK: { title: 'That is not a meeting link', cause: 'Copy the whole link and paste it here.' },
    UNREACHABLE: {
      title: 'The host does not answer',
      cause: 'Its computer may be off, asleep or on another network. Are you both on the same Wi-Fi?',
    },
    KEY_CHANGED: {
      title: 'This is not the computer you were invited to',
      cause:
        'Another key answers at this address, so somebody may be in between. Parley stays away. Ask your host for a new link.',
    },
    HOST_FAILED: { title: 'The meeting did not open', cause: 'Try again, or start Parley anew.' },
    PORT_IN_USE: {
      title: 'Another program has Parley’s port',
      cause: 'Perhaps another Parley hosts on this computer. Close it, then try again.',
    },
    MEDIA_PORT_IN_USE: {
      title: 'Another program has the ports for sound and picture',
      cause: 'Perhaps another Parley hosts on this computer. Close it, then try again.',
    },
    PORT_FORBIDDEN: {
      title: 'This computer keeps Parley from opening its port',
      cause: 'Whoever looks after this computer can allow it.',
    },
    ADDRESS_UNUSABLE: {
      title: 'Sound and picture cannot leave this computer',
      cause: 'Check its network connection, then try again.',
    },
    DATA_FOLDER_UNUSABLE: {
      title: 'Parley cannot write to its folder',
      cause: 'The disk may be full or write-protected. Make room, then try again.',
    },
    DATA_IN_USE: {
      title: 'Another Parley hosts on this computer',
      cause: 'Close it, then try again.',
    },
    DATA_TOO_NEW: {
      title: 'A newer Parley has hosted on this computer',
      cause: 'This one cannot read what it keeps. Update Parley, then try again.',
    },
    KEY_DAMAGED: {
      title: 'This computer’s key is damaged',
      cause:
        'Restore host-key.pem in Parley’s folder from a copy, or delete it: Parley makes a new key, and links sent before no longer match.',
    },
    WORKER_FAILED: {
      title: 'Parley’s part for sound and picture does not start',
      cause: 'Install Parley again, then try again.',
    },
    INTERNAL: { title: 'Something broke in Parley', cause: 'Try again, or start Parley anew.' },
  } satisfies Record<ShellProblemCode, Explained>,
};
