/**
 * The contract between the app's main process and its window: every call, its argument, its answer.
 * The window has no other access to the computer. Arguments are checked by these schemas in the main
 * process; the preload turns each call into one typed function of `window.parley`.
 */
import * as v from 'valibot';
import type { Invite } from './invite.ts';
import { MAX_LANGUAGE_LENGTH, MAX_LINK_LENGTH, MAX_PREFERENCES, MAX_PREFERENCE_LENGTH } from './limits.ts';
import type { NearbyRoom } from './protocol/http/nearby.ts';
import { CreateRoom } from './protocol/http/rooms.ts';

export const Theme = v.picklist(['system', 'light', 'dark']);
export type Theme = v.InferOutput<typeof Theme>;

/** `text`: sharp, few frames, for documents; `motion`: many frames, for videos. */
export const ShareQuality = v.picklist(['text', 'motion']);
export type ShareQuality = v.InferOutput<typeof ShareQuality>;

/** What the page stores between meetings (name, devices). Its Web Storage is lost with each meeting's session. */
export const Preferences = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(MAX_PREFERENCE_LENGTH)),
    v.pipe(v.string(), v.maxLength(MAX_PREFERENCE_LENGTH)),
  ),
  v.check((all) => Object.keys(all).length <= MAX_PREFERENCES, 'too many preferences'),
);
export type Preferences = v.InferOutput<typeof Preferences>;

/** Whether this computer's host announces itself on the local network, and whether the app looks for others there. */
export const Discovery = v.object({ announce: v.boolean(), look: v.boolean() });
export type Discovery = v.InferOutput<typeof Discovery>;

/** The room to create on this computer, and whether to open its desk instead of its meeting. */
export const HostRequest = v.object({ ...CreateRoom.entries, desk: v.exactOptional(v.literal(true)) });
export type HostRequest = v.InferOutput<typeof HostRequest>;

/**
 * What the person agreed to after the app showed the host of a link. `host`: to connect to it, with camera and
 * microphone. `new-key`: also that the key in the link replaces the key stored for the address.
 */
export const JoinConsent = v.picklist(['host', 'new-key']);
export type JoinConsent = v.InferOutput<typeof JoinConsent>;

const Link = v.pipe(v.string(), v.maxLength(MAX_LINK_LENGTH));

/**
 * Every call of the window, with the schema of its argument. `host`, `join` and `goHome` replace this window by
 * another, so only their failure is answered. `setInMeeting` says whether the person is in the meeting now: then
 * the display stays on, and the person is not counted among the other participants.
 */
export const CALLS = {
  context: v.undefined(),
  host: HostRequest,
  hostOfLink: v.object({ link: Link }),
  join: v.object({ link: Link, consent: v.exactOptional(JoinConsent) }),
  goHome: v.undefined(),
  setInMeeting: v.object({ inMeeting: v.boolean() }),
  linkOnClipboard: v.undefined(),
  shareQuality: v.undefined(),
  setAppearance: v.object({ theme: Theme, language: v.pipe(v.string(), v.maxLength(MAX_LANGUAGE_LENGTH)) }),
  savePreferences: Preferences,
  nearby: v.undefined(),
  setDiscovery: Discovery,
} as const;

export type Call = keyof typeof CALLS;
export type Argument<Name extends Call> = v.InferOutput<(typeof CALLS)[Name]>;

export interface Answers {
  context: WindowContext;
  host: Hosted;
  hostOfLink: LinkedHost;
  join: null;
  goHome: null;
  setInMeeting: null;
  linkOnClipboard: string | null;
  /** What the person chose in the screen picker the last time; null: it was never shown. */
  shareQuality: ShareQuality | null;
  setAppearance: null;
  savePreferences: null;
  /** Null: the app does not look for hosts. */
  nearby: NearbyComputers | null;
  setDiscovery: null;
}

/** What this window is opened for: the home screen or one meeting. It does not change. */
export type WindowContext = { preferences: Preferences } & (HomeContext | MeetingContext);

export interface HomeContext {
  at: 'home';
  /** A link that the system has passed to the app; it is opened only after the person has agreed. */
  link: string | null;
  /** The computer's name. */
  computer: string;
  /** The meeting that this computer hosts now. */
  hosting: Hosted | null;
  discovery: Discovery;
}

/** What the app sees of other hosts on the local network. */
export interface NearbyComputers {
  /** Whether there is a network to look on. */
  hasNetwork: boolean;
  hosts: NearbyComputer[];
}

/** A host that announces itself; that it has the key that it names is known only after a handshake. */
export interface NearbyComputer {
  name: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  fingerprint: string;
  /** The fingerprint as six words. */
  words: readonly string[];
  /** Each `address:port`, the best first. */
  addresses: readonly string[];
  /** Whether a host with another key announces the same name. */
  sharesName: boolean;
  /** Whether the person has agreed before to go to a host with this key. */
  known: boolean;
  /** What it shows of its rooms; null: it has not answered with its key. */
  rooms: readonly NearbyRoom[] | null;
}

export interface MeetingContext {
  at: 'meeting';
  /** The only host that this window may connect to; its key is pinned. */
  invite: Invite;
  /** The link for other people; for a meeting on this computer, with the address that others can reach. */
  link: string;
  /** Whether this computer is the host. */
  own: boolean;
  /** Whether the person has just created the room. */
  opened: boolean;
  trust: Trust;
}

/** The host of a link, as far as it is known before anything is sent to it. */
export interface LinkedHost {
  /** `address:port`. */
  address: string;
  /** Whether it is this computer. */
  own: boolean;
  /** The words of the key that the host must have; null: unknown before the first contact, or a CA has issued its certificate. */
  words: readonly string[] | null;
  /** The words of the key stored for the address, if the link names another one; else null. */
  wordsBefore: readonly string[] | null;
  /** Whether the address is stored, and the link does not name another key. */
  met: boolean;
  /** Whether the person has agreed before to connect to this host, with camera and microphone. */
  consented: boolean;
}

/**
 * Why the host's key is trusted. `link`: the link names it, or the host is this computer; `known`: the
 * address had this key before; `first-use`: nothing is stored, the person compares the words;
 * `authority`: a CA that the system trusts has issued its certificate.
 */
export type Trust = 'link' | 'known' | 'first-use' | 'authority';

export interface Hosted {
  /** `https://address:port` that others on the network can reach. */
  url: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  fingerprint: string;
  /** The fingerprint as six words to compare. */
  words: readonly string[];
  /** The computer's name as its people know it. */
  name: string;
  /** The link for other people. */
  link: string;
}

/** A failure as it is sent to the window. */
export interface DesktopProblem {
  code: DesktopProblemCode;
  /** A sentence for the log; the window shows its own text for the code. */
  detail: string;
}

export type DesktopProblemCode =
  /** The argument does not fit its schema. */
  | 'BAD_REQUEST'
  /** The text is not a link to a meeting. */
  | 'NOT_A_LINK'
  /** The host's computer does not answer. */
  | 'UNREACHABLE'
  /** The host has another key than the link names, or than is stored for its address. */
  | 'KEY_CHANGED'
  /** The link names another key than is stored for the address, and the person has not agreed to replace it. */
  | 'KEY_UNCONFIRMED'
  /** The person has not agreed to connect to this host. */
  | 'CONSENT_REQUIRED'
  /** The host could not be started, or could not create the room. */
  | 'HOST_FAILED'
  /** The host's own codes for why it could not be started. */
  | 'PORT_IN_USE'
  | 'PORT_FORBIDDEN'
  | 'MEDIA_PORT_IN_USE'
  | 'ADDRESS_UNUSABLE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'DATA_IN_USE'
  | 'DATA_TOO_NEW'
  | 'KEY_DAMAGED'
  | 'WORKER_FAILED'
  | 'INTERNAL';

export type Answer<Value> = { ok: true; value: Value } | { ok: false; problem: DesktopProblem };

/** `window.parley`: the page's only access to the computer. */
export type Bridge = {
  readonly [Name in Call]: (...argument: Arguments<Name>) => Promise<Answer<Answers[Name]>>;
};

/** What a call's function takes: its argument, or nothing. */
export type Arguments<Name extends Call> = Argument<Name> extends undefined ? [] : [Argument<Name>];
