/**
 * What the meeting's rules need of the world outside. `media/` implements `Media`, `store/` `Store`,
 * `tokens/` `Tokens`; tests may hand in a clock of their own. Ids are mediasoup's. A method of media
 * that names a transport that is not the participant's own, or whose producer or consumer has ended, rejects
 * with `ProtocolError` NOT_FOUND; one that is called while the media process is being replaced rejects with
 * MEDIA_RESTARTING. Every `close()` is idempotent.
 */
import type {
  ChatMessage,
  Consumer,
  Direction,
  DtlsParameters,
  IceParameters,
  InviteContent,
  InviteUse,
  ListedInvite,
  LobbyMode,
  MediaKind,
  Nearby,
  Role,
  RoomPermissions,
  RtpCapabilities,
  RtpParameters,
  Source,
  TransportOptions,
  WarmUp,
} from '../../../src-shared/protocol/index.ts';

export interface Media {
  /** Where there is most capacity left. @throws {ProtocolError} FULL, MEDIA_RESTARTING */
  openRoom(listener: MediaRoomListener): Promise<MediaRoom>;
}

/** The media of one room, whatever carries it. */
export interface MediaRoom {
  /** What the host can forward: the same for everyone in the room. */
  readonly rtpCapabilities: RtpCapabilities;
  /**
   * One participant's transports, producers and consumers.
   *
   * @param endpoints of their connection, looked at whenever a transport is made: where they can reach
   * the host. Only someone on this very machine is told loopback addresses.
   */
  openParticipant(endpoints: ConnectionEndpoints): MediaParticipant;
  close(): void;
}

/** Both ends of a person's connection, as the socket itself reports them; a recovered one may have others. */
export interface ConnectionEndpoints {
  readonly remoteAddress: string;
  /** The address of this computer that they connected to. */
  readonly localAddress: string;
}

export interface MediaRoomListener {
  /** Who speaks now, by their microphone's producer; null: nobody. */
  activeSpeaker(producerId: string | null): void;
  /** Loudness of those who can be heard, in dBov (0 to -127). */
  audioLevels(levels: { producerId: string; dBov: number }[]): void;
  /**
   * The process that carried this room's media died and another has taken its place: all
   * transports, producers and consumers are gone, the room and its participants stay usable.
   */
  restarted(): void;
  /** As `restarted`, but this room cannot live on the new process: it is of no more use. */
  failed(): void;
}

export interface MediaParticipant {
  /** Closes an earlier transport of this direction with all its media. `data`: with SCTP, for `warmUp`. */
  createTransport(direction: Direction, options?: { data?: boolean }): Promise<TransportOptions>;
  /** @param transportId absent: whichever there is of this direction */
  connectTransport(direction: Direction, dtlsParameters: DtlsParameters, transportId?: string): Promise<void>;
  restartIce(transportId: string): Promise<IceParameters>;
  /** The warm-up data consumer, on a receive transport made with `data`. */
  warmUp(): Promise<WarmUp>;
  /** @throws {ProtocolError} CONFLICT (id in use), BAD_REQUEST */
  produce(options: ProduceOptions, listener: MediaProducerListener): Promise<MediaProducer>;
  /**
   * A paused consumer of a producer of the same room, on the receive transport.
   *
   * @throws {ProtocolError} NOT_FOUND, CANNOT_CONSUME
   */
  consume(
    producerId: string,
    rtpCapabilities: RtpCapabilities,
    listener: MediaConsumerListener,
  ): Promise<MediaConsumer>;
  close(): void;
}

export interface ProduceOptions {
  kind: MediaKind;
  source: Source;
  rtpParameters: RtpParameters;
  paused: boolean;
  producerId: string;
  /** The send transport; absent: whichever there is. */
  transportId?: string | undefined;
}

export interface MediaProducerListener {
  /** It has ended with its transport (not by `close`, not with its participant, room or process). */
  onEnd(): void;
}

export interface MediaProducer {
  /** The highest spatial layer it can send. */
  readonly topLayer: number;
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): void;
}

export interface MediaConsumerListener {
  /** What a simulcast consumer now receives; null: nothing. */
  onLayersChange(layers: { spatialLayer: number; temporalLayer: number } | null): void;
}

export interface MediaConsumer {
  /** As its owner is told of it. */
  readonly description: Consumer;
  pause(): Promise<void>;
  resume(): Promise<void>;
  setPreferredLayers(layers: { spatialLayer: number; temporalLayer?: number | undefined }): Promise<void>;
  /**
   * Which consumers get the bandwidth first where it is not enough for all.
   *
   * @param priority 1 (as made) to 255, the highest first
   */
  setPriority(priority: number): Promise<void>;
}

/** Time, so that tests can hold it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once, `ms` from now, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

/** The key of an address: addresses with the same key count as one in limits per address. */
export type AddressKey = (remoteAddress: string) => string;

/** Cryptography, which is none of the rules' business. */
export interface Tokens {
  /** SHA-256 of a secret, base64url: all that is kept of it. */
  hash(secret: string): string;
  /** A salted hash of a secret that people choose: slow, so that guessing from what is stored is. */
  hashPasscode(passcode: string): Promise<string>;
  /** Whether this hash is of this passcode, in a time that does not tell. */
  isPasscode(passcode: string, hash: string): Promise<boolean>;
  /** A token that says this, for whoever holds it. */
  sign(invite: InviteContent): Promise<string>;
  /**
   * What a token says. Null: this host has not signed it just so, or it is not valid at `now`.
   *
   * @param now epoch ms
   */
  read(token: string, now: number): Promise<InviteContent | null>;
}

/**
 * What a host remembers. A call is done when it returns: what was written outlives this process,
 * however it ends. Times are epoch ms. Every call throws `ProtocolError` FULL when the disk takes no
 * more; nothing has changed then.
 */
export interface Store {
  readonly rooms: RoomStore;
  readonly memberships: MembershipStore;
  readonly attendance: AttendanceStore;
  readonly chat: ChatStore;
  readonly invites: InviteStore;
  /** All that `work` writes, or nothing of it. */
  atomically<Result>(work: () => Result): Result;
  /** Idempotent. */
  close(): void;
}

export interface RoomRecord {
  readonly id: string;
  readonly name: string;
  /** The hash of the `hostToken`. */
  readonly hostTokenHash: string;
  readonly createdAt: number;
  /** Null: not a scheduled room. */
  readonly startsAt: number | null;
  readonly settings: SettingsRecord;
}

/** The settings of a room, with hashes in place of secrets. */
export interface SettingsRecord {
  readonly lobbyMode: LobbyMode;
  readonly locked: boolean;
  /** Slow, see `Tokens.hashPasscode`; null: no passcode is needed. */
  readonly passcodeHash: string | null;
  /** Null: links to the room have no key. */
  readonly linkKeyHash: string | null;
  readonly nearby: Nearby;
  readonly permissions: RoomPermissions;
}

const EVERYTHING: RoomPermissions = {
  share: true,
  chat: true,
  react: true,
  unmute: true,
  rename: true,
  record: true,
  sendFiles: true,
};

/** Of a room that is made without any: whoever knows its id may join. */
export const OPEN_TO_ALL: SettingsRecord = {
  lobbyMode: 'off',
  locked: false,
  passcodeHash: null,
  linkKeyHash: null,
  nearby: 'hidden',
  permissions: EVERYTHING,
};

export interface OpenRoomRecord extends RoomRecord {
  /** The membership with the host role; null: there is none. */
  readonly hostMembershipId: string | null;
  /** When someone was last in it; null: nobody ever was. */
  readonly lastAttendedAt: number | null;
}

export interface RoomStore {
  add(room: RoomRecord): void;
  /** Whether there is, or was, a room of this id. */
  remembers(roomId: string): boolean;
  changeSettings(roomId: string, settings: SettingsRecord): void;
  /** Those that have not ended, in the order they were made. */
  open(): OpenRoomRecord[];
  /**
   * Forgets its chat, memberships and invites. The room itself and who was in it stay, for the latest
   * `MAX_ENDED_ROOMS`; one that nobody ever came to does not.
   */
  end(roomId: string, at: number): void;
}

/** Who someone is in a room. */
export interface MembershipRecord {
  /** The hash of its `sessionToken`. */
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly role: Role;
  /** Their role while they are not host; null: that of the invite they came by. */
  readonly baseRole: Role | null;
  /** The invite they came by. */
  readonly inviteId: string | null;
  /** Whether they were removed from the room. */
  readonly removed: boolean;
}

export interface MembershipStore {
  find(roomId: string, membershipId: string): MembershipRecord | null;
  /**
   * The room keeps `MAX_MEMBERSHIPS_PER_ROOM`. Beyond that it forgets those whose owners were present for the
   * shortest time, and keeps their userIds, up to `MAX_FORMER_USER_IDS_PER_ROOM`.
   *
   * @param present the memberships that are not to be forgotten
   */
  save(roomId: string, membership: MembershipRecord, present?: () => readonly string[]): void;
  /**
   * Whether this userId has never been in the room: no membership has it, and none that was deleted had it. False
   * for every userId once the room has stored `MAX_FORMER_USER_IDS_PER_ROOM`: it cannot tell any more.
   */
  isFreeUserId(roomId: string, userId: string): boolean;
  /** Its owner was present for `ms` more. */
  addAttended(membershipId: string, ms: number): void;
  setRole(membershipId: string, role: Role): void;
  /** Whoever has the host role has their base role, but for this membership. */
  endHostRoles(roomId: string, but: string): void;
}

/** When someone was in a room, from joining to leaving; joining twice makes two records. */
export interface AttendanceRecord {
  readonly userId: string;
  readonly userName: string;
  readonly joinedAt: number;
  /** When they were last there. */
  readonly lastSeenAt: number;
  /** Whether they still are. */
  readonly present: boolean;
}

export interface AttendanceStore {
  /** The record's id. The room keeps the latest `MAX_ATTENDANCE_RECORDS_PER_ROOM`, and those who are present. */
  begin(roomId: string, membership: MembershipRecord, at: number): number;
  end(attendanceId: number, at: number): void;
  /** Whoever is present still is at this time: what is known should this process be killed. */
  goOn(at: number): void;
  /** Nobody is present: the process that knew of them has ended. */
  endAll(): void;
  /** In the order they came. */
  of(roomId: string): AttendanceRecord[];
}

export interface ChatStore {
  /** The room keeps the latest `MAX_CHAT_HISTORY`. @param between the memberships of its sender and its recipient */
  add(roomId: string, message: ChatMessage, between: { from: string; to: string | null }): void;
  /** The latest messages that `membershipId` may read, oldest first. */
  latest(roomId: string, membershipId: string, count: number): ChatMessage[];
}

/** An invite without its uses. */
export type InviteRecord = Omit<ListedInvite, 'uses'>;

export interface InviteStore {
  add(invite: InviteRecord): void;
  find(inviteId: string): InviteRecord | null;
  /** In the order they were made. */
  of(roomId: string): InviteRecord[];
  count(roomId: string): number;
  revoke(inviteId: string, at: number): void;
  /** Notes who came by it; `MAX_USES_PER_INVITE` are kept. */
  use(inviteId: string, use: InviteUse): void;
  /** The latest who came by it, oldest first. */
  usesOf(inviteId: string): InviteUse[];
  /** Forgets the oldest invite that is revoked or has expired. False: there is none. */
  forgetDead(roomId: string, now: number): boolean;
}
