import {
  EMPTY_ROOM_MS,
  MAX_PREPARED_PER_ROOM,
  MAX_PREPARED_PER_ROOM_AND_ADDRESS,
  RECOVERY_MS,
  RESTORED_ROOM_MS,
} from '../../../../src-shared/limits.ts';
import {
  type Answer,
  type ChatMessage,
  ProtocolError,
  type Room as RoomDescription,
  type RoomInfo,
  type RtpCapabilities,
} from '../../../../src-shared/protocol/index.ts';
import { ConnectionNotices } from '../participants/connection-notices.ts';
import { Chat } from './chat.ts';
import type { ClientConnection } from '../connection/client-connection.ts';
import { Admission, type JoinRequest, type Credentials } from '../admission/admission.ts';
import type { Publications } from './media/publications.ts';
import type { Invites } from '../admission/invites.ts';
import { HostSuccession } from '../participants/host-succession.ts';
import { type Log, attempt } from '../log.ts';
import { Participant } from '../participants/participant.ts';
import type { Subscriptions } from './media/subscriptions.ts';
import type { Participants, PresentParticipant } from '../participants/participants.ts';
import type { AddressKey, Clock, Media, MediaRoom, OpenRoomRecord, Store, Tokens } from '../ports.ts';
import { type RoomParts, openRoomParts } from './room-parts.ts';
import { RoomExpiry } from './room-expiry.ts';
import type { AttendanceLog } from '../participants/attendance-log.ts';
import { type Membership, Memberships } from '../participants/memberships.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { roomEventLimit } from '../rates/session-rates.ts';

interface RoomOptions {
  record: OpenRoomRecord;
  /** Whether the host was restarted while this room was open. */
  restored: boolean;
  store: Store;
  tokens: Tokens;
  invites: Invites;
  clock: Clock;
  log: Log;
  /** What counts as one in limits per address. */
  addressKey: AddressKey;
  attendance: AttendanceLog;
  /** Called once, when the room has ended or adjourned. */
  onEnd: () => void;
}

const NOBODY_CAME = 'Nobody came.';
const EVERYONE_LEFT = 'Everyone has left.';
const LONG_OVER = 'Nobody has been here for a long time.';
const MEDIA_FAILED = 'The host could not restart its sound and pictures. Open a new room to go on.';

/** One meeting: its participants, its host, its chat and its publications. */
export class Room {
  readonly id: string;
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
  /** What is told to everybody here. */
  readonly eventLimit: RateLimit;
  readonly #record: OpenRoomRecord;
  readonly #media: MediaRoom;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #succession: HostSuccession;
  readonly #admission: Admission;
  readonly #chat: Chat;
  readonly #store: Store;
  readonly #attendance: AttendanceLog;
  readonly #invites: Invites;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onEnd: () => void;
  readonly #expiry: RoomExpiry;
  readonly #connectionNotices: ConnectionNotices;
  #ended = false;

  private constructor(options: RoomOptions, parts: RoomParts) {
    const { record, restored, store, tokens, invites, clock, log } = options;
    const { participants } = parts;
    const roomId = record.id;
    const memberships = new Memberships({ roomId, store, tokens, attendance: options.attendance, log });
    const onChange = (participant: Participant) => this.#notifyOfChange(participant);
    const succession = new HostSuccession({
      participants,
      memberships,
      store,
      clock,
      log,
      awaitedHost: record.hostMembershipId,
      onChange,
    });
    this.id = roomId;
    this.#record = record;
    this.#store = store;
    this.#attendance = options.attendance;
    this.#invites = invites;
    this.#clock = clock;
    this.#log = log;
    this.#onEnd = options.onEnd;
    this.#media = parts.media;
    this.#participants = participants;
    this.publications = parts.publications;
    this.subscriptions = parts.subscriptions;
    this.#chat = new Chat({ roomId, store, clock });
    this.#memberships = memberships;
    this.#succession = succession;
    this.#admission = new Admission({
      hostTokenHash: record.hostTokenHash,
      tokens,
      invites,
      participants,
      memberships,
      succession,
    });
    this.eventLimit = roomEventLimit(clock);
    this.#connectionNotices = new ConnectionNotices({
      clock,
      eventLimit: this.eventLimit,
      // Who has lost their connection need not be told of it when they recover.
      tell: (participant) => this.#notifyOfChange(participant, participant.disconnected ? participant : undefined),
    });
    this.#expiry = new RoomExpiry({
      clock,
      scheduled: this.scheduled,
      idleSince: Math.max(record.createdAt, record.startsAt ?? 0, record.lastAttendedAt ?? 0),
      onExpire: (reason) => this.close(reason),
    });
    this.#expiry.wait(restored ? RESTORED_ROOM_MS : EMPTY_ROOM_MS, NOBODY_CAME);
  }

  /** @throws {ProtocolError} FULL: the media processes have no room left. */
  static async open(media: Media, options: RoomOptions): Promise<Room> {
    const room: Room = new Room(
      options,
      await openRoomParts(media, { ...options, onFailure: () => room.end(MEDIA_FAILED) }),
    );
    return room;
  }

  /** A scheduled room stays while nobody is in. */
  get scheduled(): boolean {
    return this.#record.startsAt !== null;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.#media.rtpCapabilities;
  }

  describe(): RoomDescription {
    return { roomId: this.id, name: this.#record.name, locked: false, lobby: false };
  }

  info(): RoomInfo {
    return {
      ...this.describe(),
      passcode: false,
      participants: this.#participants.count,
      routerRtpCapabilities: this.routerRtpCapabilities,
    };
  }

  /** What a participant is told of the room when they join. */
  describeFor(participant: Participant): Pick<Answer<'joinRoom'>, 'room' | 'participants' | 'producers' | 'messages'> {
    return {
      room: this.describe(),
      participants: this.#participants.joined.map((other) => other.describe()),
      producers: this.publications.describeFor(participant),
      messages: this.#chat.history(participant.membership),
    };
  }

  /** Who has joined, participants with a lost connection included, in the order they joined. */
  get presentParticipants(): PresentParticipant[] {
    return this.#participants.present;
  }

  /** A new participant, who has not joined yet. */
  newParticipant(connection: ClientConnection, onGone: () => void): Participant {
    return new Participant({ connection, media: this.#media, onGone });
  }

  /** Whether this is the room's host token. */
  isHostToken(token: string): boolean {
    return this.#admission.isHostToken(token);
  }

  /** @throws {ProtocolError} NOT_FOUND, FULL, LIMIT */
  prepare(participant: Participant, credentials: Credentials): void {
    this.#admission.requireCapacity(credentials);
    const { remoteAddress } = participant.connection;
    if (
      this.#participants.preparingCount >= MAX_PREPARED_PER_ROOM ||
      this.#participants.preparingFrom(remoteAddress) >= MAX_PREPARED_PER_ROOM_AND_ADDRESS
    ) {
      throw new ProtocolError('LIMIT', 'Many people are getting ready just now. You can still join directly.');
    }
    participant.invitedAs = credentials.invite?.role ?? null;
    this.#participants.addPreparing(participant);
  }

  /**
   * Somebody is about to join, and makes their media ready first.
   *
   * @throws {ProtocolError} as `join`
   */
  awaitJoin(participant: Participant, request: JoinRequest): void {
    const { earlier } = this.#admission.admit(request);
    if (!earlier) this.#admission.requireCapacity(request);
    participant.invitedAs = request.invite?.role ?? null;
    this.#participants.addPreparing(participant);
  }

  /** @throws {ProtocolError} NOT_FOUND, CONFLICT, FULL; nothing has changed then */
  join(participant: Participant, request: JoinRequest): void {
    const { membership, identity, earlier } = this.#admission.admit(request);
    if (!earlier) this.#admission.requireCapacity(request);
    const now = this.#clock.now();
    this.#memberships.take(membership, identity, now, () => {
      if (identity.role === 'host') this.#succession.writeHandOver(membership);
      if (request.invite && !earlier) this.#invites.noteUse(request.invite.id, identity);
    });

    this.#expiry.stop();
    this.#succession.membershipTaken(membership);
    participant.join(membership, earlier?.joinedAt ?? now);
    this.#participants.addJoined(participant);
    if (earlier) this.#displace(earlier);
    // First, so that the others' media is on its way while everything else is done.
    this.subscriptions.goLive(participant);
    if (earlier) this.#notifyOfChange(participant, participant);
    else
      this.#participants.notify(
        ['peer-joined', participant.describe(), this.publications.describeHeld(participant)],
        participant,
      );
    this.publications.goLive(participant);
  }

  /**
   * Removes a participant, joined or not. An empty room stays for `RECOVERY_MS`, so that somebody who was
   * alone in it and reloads the page finds it again.
   */
  leave(participant: Participant): void {
    const joined = this.#remove(participant);
    if (joined && this.#participants.count === 0) this.#expiry.wait(RECOVERY_MS, EVERYONE_LEFT);
  }

  /** Undoes a join that could not be completed: like `leave`, but an empty room stays for `EMPTY_ROOM_MS`. */
  withdraw(participant: Participant): void {
    this.#remove(participant);
    if (this.#participants.count === 0) this.#expiry.wait(EMPTY_ROOM_MS, NOBODY_CAME);
  }

  disconnect(participant: Participant): void {
    participant.disconnect(this.#clock.after(RECOVERY_MS, () => this.#giveUp(participant)));
    this.#connectionNotices.changed(participant);
  }

  recover(participant: Participant): void {
    participant.recover();
    this.#connectionNotices.changed(participant);
  }

  /** @throws {ProtocolError} NOT_JOINED, NOT_FOUND (`to` is nobody here), RATE_LIMITED, FULL */
  sendMessage(participant: Participant, text: string, to?: string): ChatMessage {
    const from = participant.membership;
    const recipient = to === undefined ? undefined : this.#participants.find(to);
    if (to !== undefined && !recipient) {
      throw new ProtocolError('NOT_FOUND', 'The person you wrote to has left the meeting.');
    }
    const readers = recipient ? 2 : this.#participants.count;
    const message = this.#chat.add({ from, text, to: recipient?.membership, readers });
    if (!recipient) this.#participants.notify(['newMessage', message]);
    else for (const reader of new Set([participant, recipient])) reader.connection.notify('newMessage', message);
    return message;
  }

  /** @throws {ProtocolError} NOT_JOINED */
  react(participant: Participant, reaction: string): void {
    this.#participants.notify(['reaction', { userId: participant.membership.userId, reaction }]);
  }

  /** Changes what others see of a participant. @throws {ProtocolError} NOT_JOINED, FULL */
  change(participant: Participant, changes: Partial<Pick<Membership, 'hand' | 'userName'>>): void {
    this.#memberships.change(participant.membership, changes);
    this.#notifyOfChange(participant);
  }

  /** Ends a scheduled room that nobody has used for `SCHEDULED_ROOM_MS`. */
  endIfLongOver(): void {
    if (this.#participants.count === 0 && this.#expiry.longOver) this.close(LONG_OVER);
  }

  /** Ends the meeting for everyone, and for good. */
  close(reason: string): void {
    if (this.#ended) return;
    this.#dismiss(reason);
    this.#attendance.flush();
    attempt(this.#log, () => this.#store.rooms.end(this.id, this.#clock.now()));
    this.#onEnd();
  }

  /** Ends the meeting for everyone; the room is opened again when this computer hosts the next time. */
  adjourn(reason: string): void {
    if (this.#ended) return;
    this.#dismiss(reason);
    this.#onEnd();
  }

  /** The meeting cannot go on: a scheduled room adjourns, any other is closed for good. */
  end(reason: string): void {
    if (this.scheduled) this.adjourn(reason);
    else this.close(reason);
  }

  #dismiss(reason: string): void {
    this.#ended = true;
    this.#expiry.close();
    this.#succession.close();
    this.#participants.notifyEveryone(['roomClosed', { reason }]);
    // First, so that nobody is told of each thing that ends with the room.
    this.publications.clear();
    this.subscriptions.clear();
    for (const participant of this.#participants.everyone) this.#cleanUp(participant);
    this.#media.close();
  }

  /** Their recovery window is over. A room emptied by losses waits longer: its people want to come back. */
  #giveUp(participant: Participant): void {
    this.#remove(participant);
    if (this.#participants.count === 0) this.#expiry.wait(EMPTY_ROOM_MS, EVERYONE_LEFT);
  }

  /** Whether they had joined. */
  #remove(participant: Participant): boolean {
    const wasHost = participant.role === 'host';
    const left = this.#cleanUp(participant);
    if (!left) return false;
    this.#expiry.noteLeft(this.#clock.now());
    this.#participants.notify(['peerLeft', { socketId: participant.connection.id, userId: left.userId }]);
    if (wasHost) this.#succession.passOn();
    return true;
  }

  /** The same person has joined through another connection, and goes on with their membership. */
  #displace(earlier: Participant): void {
    earlier.connection.notify('removed', { reason: 'You have joined from another window or device.' });
    this.#cleanUp(earlier);
  }

  /**
   * Everything of a participant ends here, in this order: their entry in the lists, what they send, what they
   * receive, their presence as a member, their transports.
   *
   * @returns who they were; null: they had not joined, or another connection goes on with their membership
   */
  #cleanUp(participant: Participant): Membership | null {
    const left = this.#participants.remove(participant) ? participant.membership : null;
    this.publications.endAll(participant);
    this.subscriptions.endAll(participant);
    if (left) this.#memberships.leave(left, this.#clock.now());
    participant.end();
    return left;
  }

  #notifyOfChange(participant: Participant, except?: Participant): void {
    this.#connectionNotices.noteTold(participant);
    this.#participants.notify(['participantUpdated', { participant: participant.describe() }], except);
  }
}
