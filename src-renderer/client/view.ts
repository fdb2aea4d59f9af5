/**
 * What screens and components see of the client core. The classes beside this file implement these
 * as reactive state ($state, $derived): a component reads properties and calls methods, and never
 * touches a socket, mediasoup-client or getUserMedia. Component tests pass plain objects.
 */
import type {
  Appointment,
  CreateInvite,
  ErrorCode,
  InviteRole,
  InviteUse,
  Role,
  Room,
  RoomSettings,
  WaitingParticipant,
} from '../../src-shared/protocol/index.ts';
import type { Permission } from '../../src-shared/permissions.ts';

/** Why a device does not work. The screens show the text. */
export type DeviceProblem =
  /** The person, the browser or the system has denied access. */
  | 'denied'
  /** Another program holds it. */
  | 'in-use'
  /** There is none. */
  | 'missing'
  /** It was unplugged or stopped by itself. */
  | 'ended'
  | 'failed';

/** Why a device could not be opened. */
export type OpeningProblem = Exclude<DeviceProblem, 'ended'>;

export interface DeviceChoice {
  id: string;
  label: string;
}

/** One kind of device: what there is, what is chosen, whether it is on. */
export interface DeviceView {
  readonly kind: 'microphone' | 'camera' | 'speaker';
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string | null;
  /** Microphone not muted, camera on. Always true for the speaker. */
  readonly on: boolean;
  /** Whether it is being opened. */
  readonly opening: boolean;
  readonly problem: DeviceProblem | null;
  choose(id: string): Promise<void>;
  /** Takes effect here at once; the others are informed afterwards. */
  setOn(on: boolean): Promise<void>;
  /** Opens it again after a problem. */
  retry(): Promise<void>;
}

/** A chosen device that could not be opened; the previous one stays in use. */
export interface RefusedDevice extends DeviceChoice {
  readonly problem: OpeningProblem;
  /** The label of the device that is used instead. */
  readonly kept: string;
}

/** A microphone or a camera. */
export interface InputDeviceView extends DeviceView {
  /** The device chosen last, if it could not be opened and another one stays in use; else null. */
  readonly refused: RefusedDevice | null;
}

export interface MicrophoneView extends InputDeviceView {
  /** Loudness now, 0 to 1, on a scale that fits a meter. */
  readonly level: number;
}

export interface CameraView extends InputDeviceView {
  /** The preview; null while off. */
  readonly stream: MediaStream | null;
}

export interface SpeakerView extends DeviceView {
  /** Whether this browser lets a page choose the output (`setSinkId`). */
  readonly selectable: boolean;
  readonly testing: boolean;
  /** Plays a short sound on the chosen output. */
  test(): Promise<void>;
  /** Routes an element's sound to the chosen output, now and whenever the choice changes; returns the undo. */
  attach(element: HTMLMediaElement): () => void;
}

export interface DevicesView {
  readonly microphone: MicrophoneView;
  readonly camera: CameraView;
  readonly speaker: SpeakerView;
  /** Opens microphone and camera as remembered; resolves when both are open or have a problem. */
  open(): Promise<void>;
  close(): void;
}

export interface ParticipantView {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly self: boolean;
  readonly hand: boolean;
  readonly muted: boolean;
  readonly speaking: boolean;
  /** Their connection is lost; it may recover. */
  readonly lost: boolean;
  /** The emoji they react with just now. */
  readonly reaction: string | null;
}

/** One picture in the layout. It stays the same object when the layout changes, or the stream in it. */
export interface TileView {
  readonly id: string;
  readonly person: ParticipantView;
  readonly source: 'camera' | 'screen';
  /** What to show; null: initials. */
  readonly stream: MediaStream | null;
  /** Sets the size at which it is shown, so that no larger layer is sent; device px, 0×0: not shown. */
  shown(width: number, height: number): void;
  /** Called when the first frame of a stream is on screen. */
  seen(): void;
}

/** Sound of another person (or of a shared screen), to be played by an audio element. */
export interface SoundView {
  readonly id: string;
  readonly stream: MediaStream;
}

export interface ChatMessageView {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
  readonly own: boolean;
  /** A private message. `toName` is the recipient's name on the person's own messages. */
  readonly private: boolean;
  readonly toName: string | null;
}

export interface ChatView {
  readonly messages: readonly ChatMessageView[];
  readonly unread: number;
  /** The id of the first unread message, for the "new" line; null: none. */
  readonly firstUnread: string | null;
  /** Whether the person has the chat before them; setting true marks all read. */
  open: boolean;
  /** Rejects with a `Problem` when it was not delivered; the text stays the writer's. */
  send(text: string, to?: string): Promise<void>;
}

/** A personal link. */
export interface InvitationView {
  readonly id: string;
  readonly role: InviteRole;
  /** The name of the person it is for; null: not set. */
  readonly name: string | null;
  /** What a client of a desk comes for. */
  readonly appointment: Appointment | null;
  /** Why it opens no door any more; null: it does. */
  readonly over: 'revoked' | 'expired' | null;
  /** The latest who came by it, oldest first. */
  readonly uses: readonly InviteUse[];
  /** The link itself, as long as the page that made it is open. */
  readonly link: string | null;
}

/** The personal links of a room, for who holds it. */
export interface InvitationsView {
  /** The latest first; null until known. */
  readonly all: readonly InvitationView[] | null;
  /** Why they could not be listed. */
  readonly problem: Problem | null;
  refresh(): Promise<void>;
  /** Resolves to the link. Rejects with a `Problem`. */
  create(invite: CreateInvite): Promise<string>;
  /** Revokes the link. Rejects with a `Problem`. */
  revoke(id: string): Promise<void>;
}

/** What went wrong, as a code a screen has a sentence, a cause and a button for. */
export interface Problem {
  readonly code:
    | ErrorCode
    /** The host's computer does not answer. */
    | 'UNREACHABLE'
    /** The host speaks another version of the protocol. */
    | 'VERSION'
    /** The host ended the meeting, or closed. */
    | 'CLOSED'
    /** This person was removed, or came in elsewhere. */
    | 'REMOVED'
    /** Whoever runs the room did not let them in. */
    | 'DENIED'
    /** The room needs a passcode, or another one than was given. */
    | 'PASSCODE'
    /** The browser lacks what a meeting needs (WebRTC, or a secure page). */
    | 'UNSUPPORTED';
  /** The host's own sentence, where it gave one. */
  readonly detail?: string;
}

export type Phase =
  /** Looking the room up and, unseen, connecting everything. */
  | 'preparing'
  /** Everything is connected: joining takes one message. */
  | 'ready'
  | 'joining'
  /** In the lobby, until somebody admits them. */
  | 'waiting'
  | 'joined'
  /** The connection is lost. It recovers by itself, or the meeting ends with a problem. */
  | 'reconnecting'
  | 'ended';

/** What is between this person and the meeting before they are in. */
export interface AdmissionView {
  /** Whether the room asks them for a passcode. */
  readonly needsPasscode: boolean;
  /** Whether the passcode they gave last was wrong. */
  readonly wrongPasscode: boolean;
  /** Whether somebody has to admit them. */
  readonly needsAdmission: boolean;
  /** In the lobby: since when, epoch ms; else null. */
  readonly waitingSince: number | null;
  /** In the lobby: whether anybody who may admit them is in the meeting. */
  readonly hostPresent: boolean;
  /** What they have written to those who may admit them. */
  readonly note: string;
  /** Empty: takes it back. Rejects with a `Problem`. */
  write(note: string): Promise<void>;
}

/** The lobby, for those who may admit. Each call rejects with a `Problem`. */
export interface LobbyView {
  /** In the order they came; nobody for those who may not admit. */
  readonly waiting: readonly WaitingParticipant[];
  admit(userId: string): Promise<void>;
  admitAll(): Promise<void>;
  deny(userId: string): Promise<void>;
}

/** What somebody who runs the room did to this person, or asks of them. */
export interface ModerationNotice {
  readonly id: number;
  readonly kind: 'muted' | 'camera-stopped' | 'share-stopped' | 'unmute-asked';
}

/** What one may do in the room, and to others in it. Each call rejects with a `Problem`. */
export interface ModerationView {
  /** The latest; null: none. */
  readonly notice: ModerationNotice | null;
  /** Whether this person may do it, by their role and what the room allows. */
  may(permission: Permission): boolean;
  /** Whether this person may do it to that one. */
  mayActOn(permission: Permission, person: ParticipantView): boolean;
  mute(userId: string): Promise<void>;
  muteAll(): Promise<void>;
  askToUnmute(userId: string): Promise<void>;
  stopVideo(userId: string): Promise<void>;
  stopShare(userId: string): Promise<void>;
  lowerHand(userId: string): Promise<void>;
  /** @param options.keepLobbyOff lets them come back under another name where the lobby is off */
  remove(userId: string, options: { keepLobbyOff: boolean }): Promise<void>;
  /** `host` hands the room over. */
  setRole(userId: string, role: Role): Promise<void>;
  setRoom(settings: RoomSettings): Promise<void>;
  endMeeting(): Promise<void>;
}

/** One person's meeting: pre-join, the meeting itself, its end. */
export interface MeetingView {
  readonly phase: Phase;
  /** Null until looked up. */
  readonly room: Room | null;
  /** How many are in; before joining null where the room does not tell. */
  readonly count: number | null;
  /** The name of the host's computer. */
  readonly hostName: string | null;
  /** The fingerprint of the host's certificate as six words; null until known. */
  readonly words: readonly string[] | null;
  /** Why it ended, or why joining failed (phase `ready` again). Null: no problem, or the person has left. */
  readonly problem: Problem | null;
  readonly self: ParticipantView | null;
  /** All, in the order they came; oneself last. */
  readonly people: readonly ParticipantView[];
  /** One per person, in the order they joined, oneself last. */
  readonly tiles: readonly TileView[];
  /** Shared screens, in the order they began. */
  readonly shares: readonly TileView[];
  readonly sounds: readonly SoundView[];
  readonly chat: ChatView;
  readonly admission: AdmissionView;
  readonly lobby: LobbyView;
  readonly moderation: ModerationView;
  /** Epoch ms at which this person joined; null before. */
  readonly joinedAt: number | null;
  /**
   * They have just pressed *Join*, and what is behind pre-join is what they will find: only the host's
   * answer is missing. Over when it takes long.
   */
  readonly entering: boolean;
  /** The first pictures have had their time since they joined: what nobody waited for may be done. */
  readonly settled: boolean;
  /** The name in the personal link; null: the person chooses one. */
  readonly givenName: string | null;
  /** Whether the person is a viewer, who sends no media. */
  readonly watching: boolean;
  /** The link to pass on; null: it needs a key that this person does not have. */
  readonly link: string | null;
  /** Personal links, if the person is the host; else null. */
  readonly invitations: InvitationsView | null;
  readonly sharing: boolean;

  /** Starts preparing; call once. */
  prepare(): void;
  /** @param passcode where the room asks for one */
  join(name: string, passcode?: string): Promise<void>;
  /** Leaves; from pre-join too. Releases everything. */
  leave(): Promise<void>;
  /** While reconnecting: tries at once. */
  retry(): void;
  /** Opens the picker of the platform. Resolves without effect when it is cancelled; rejects with a `Problem` or `DeviceProblem` otherwise. */
  share(quality: 'text' | 'motion'): Promise<void>;
  stopSharing(): void;
  raiseHand(raised: boolean): Promise<void>;
  react(emoji: string): Promise<void>;
}
