/**
 * The contract between the app's main process and its window: every call, its argument, its answer.
 * The window has no other way to the computer. Arguments are checked by these schemas in the main
 * process; the preload turns each call into one typed function of `window.parley`.
 */
import * as v from 'valibot';
import type { Invite } from './invite.ts';
import { MAX_LANGUAGE_LENGTH, MAX_LINK_LENGTH, MAX_PREFERENCES, MAX_PREFERENCE_LENGTH } from './limits.ts';
import { CreateRoom } from './protocol/http.ts';

export const Theme = v.picklist(['system', 'light', 'dark']);
export type Theme = v.InferOutput<typeof Theme>;

/** `text`: sharp and still, for documents; `motion`: fluent, for films. */
export const ShareQuality = v.picklist(['text', 'motion']);
export type ShareQuality = v.InferOutput<typeof ShareQuality>;

/** What the window remembers between meetings (name, devices): its own storage ends with each meeting's session. */
export const Preferences = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(MAX_PREFERENCE_LENGTH)),
    v.pipe(v.string(), v.maxLength(MAX_PREFERENCE_LENGTH)),
  ),
  v.check((all) => Object.keys(all).length <= MAX_PREFERENCES, 'too many preferences'),
);
export type Preferences = v.InferOutput<typeof Preferences>;

/** The room to open here, and whether its host goes to its desk, not into its meeting. */
export const HostRequest = v.object({ ...CreateRoom.entries, desk: v.exactOptional(v.literal(true)) });
export type HostRequest = v.InferOutput<typeof HostRequest>;

/**
 * What the person agreed to after they saw the host a link leads to. `host`: to go there, with camera and
 * microphone. `new-key`: also that the key in the link replaces the one the address is known by.
 */
export const JoinConsent = v.picklist(['host', 'new-key']);
export type JoinConsent = v.InferOutput<typeof JoinConsent>;

const Link = v.pipe(v.string(), v.maxLength(MAX_LINK_LENGTH));

/**
 * Every call the window can make, with the schema of its argument. `host`, `join` and `goHome` replace this
 * window by another: only their failure is ever answered to it. `setInMeeting` says
 * whether the person is in now: the display stays on, and they are none of their own guests.
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
}

/** What this window is opened for: the home screen or one meeting, for as long as it lives. */
export type WindowContext = { preferences: Preferences } & (HomeContext | MeetingContext);

export interface HomeContext {
  at: 'home';
  /** A link the app was opened with from outside: followed only after the person has agreed. */
  link: string | null;
  /** This computer's name as its people know it. */
  computer: string;
  /** The meeting this computer hosts right now, to return to. */
  hosting: Hosted | null;
}

export interface MeetingContext {
  at: 'meeting';
  /** The host this window may talk to, and no other; its key is pinned. */
  invite: Invite;
  /** The link to pass on: for one's own meeting the address others can reach. */
  link: string;
  /** Whether this computer is the host. */
  own: boolean;
  /** Whether the person has just opened it. */
  opened: boolean;
  trust: Trust;
}

/** The host a link leads to, as far as it is known before anything is sent to it. */
export interface LinkedHost {
  /** `address:port`. */
  address: string;
  /** Whether it is this computer. */
  own: boolean;
  /** The words of the key that must answer; null: unknown before the first contact, or an authority vouches for it. */
  words: readonly string[] | null;
  /** The words of the key the address is known by, where the link names another; null: it does not. */
  wordsBefore: readonly string[] | null;
  /** Whether the address is known, and the link does not name another key. */
  met: boolean;
  /** Whether the person has agreed before to go to this host, with camera and microphone. */
  consented: boolean;
}

/**
 * Why the host's key is believed. `link`: it is the one the link names (or one's own); `known`: the
 * address answered with this key before; `first-use`: nothing is known, compare the words;
 * `authority`: its certificate is one that the system's authorities vouch for.
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
  /** The link to pass on. */
  link: string;
}

/** A failure as it crosses to the window. */
export interface DesktopProblem {
  code: DesktopProblemCode;
  /** A sentence for the log and for the curious; the window has its own words. */
  detail: string;
}

export type DesktopProblemCode =
  /** The argument does not fit its schema. */
  | 'BAD_REQUEST'
  /** What was pasted is no link to a meeting. */
  | 'NOT_A_LINK'
  /** The host's computer does not answer. */
  | 'UNREACHABLE'
  /** The computer at that address has another key than the link, or than the last time. */
  | 'KEY_CHANGED'
  /** The link names another key than the address is known by, and the person has not agreed to that. */
  | 'KEY_UNCONFIRMED'
  /** The person has not agreed to go to this host. */
  | 'CONSENT_REQUIRED'
  /** The host could not be started here, or opened no meeting. */
  | 'HOST_FAILED'
  /** Why it could not be started, where it knows: the host's own codes. */
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

/** `window.parley`: all that the page has of the computer. */
export type Bridge = {
  readonly [Name in Call]: (...argument: Arguments<Name>) => Promise<Answer<Answers[Name]>>;
};

/** What a call's function takes: its argument, or nothing. */
export type Arguments<Name extends Call> = Argument<Name> extends undefined ? [] : [Argument<Name>];
