import { EMPTY_ROOM_MS, RECOVERY_MS, RESTORED_ROOM_MS } from '../../../../src-shared/limits.ts';
import {
  type Answer,
  type ChatMessage,
  type NearbyRoom,
  ProtocolError,
  type Room as RoomDescription,
  type RoomInfo,
  type RtpCapabilities,
} from '../../../../src-shared/protocol/index.ts';
import { ConnectionNotices } from '../participants/connection-notices.ts';
import { Chat } from './chat.ts';
import type { ClientConnection } from '../connection/client-connection.ts';
import type { Admission, JoinRequest } from '../admission/admission.ts';
import type { Lobby } from '../admission/lobby.ts';
import type { CurrentSettings } from '../participants/current-settings.ts';
import type { Moderation } from './moderation.ts';
import type { Publications } from './media/publications.ts';
import type { Invites } from '../admission/invites.ts';
import type { HostSuccession } from '../participants/host-succession.ts';
import { type Log, attempt } from '../log.ts';
import { Participant } from '../participants/participant.ts';
import type { Subscriptions } from './media/subscriptions.ts';
import type { Participants, PresentParticipant } from '../participants/participants.ts';
import type { Clock, Media, MediaRoom, OpenRoomRecord, Store } from '../ports.ts';
import { type RoomParts, openRoomParts } from './room-parts.ts';
import { type RoomNeeds, roomRules } from './room-rules.ts';
import { RoomExpiry } from './room-expiry.ts';
import type { AttendanceLog } from '../participants/attendance-log.ts';
import type { Membership, Memberships } from '../participants/memberships.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { roomEventLimit } from '../rates/session-rates.ts';

interface RoomOptions extends RoomNeeds {
  /** Whether the host was restarted while this room was open. */
  restored: boolean;
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
  readonly settings: CurrentSettings;
  readonly admission: Admission;
  readonly lobby: Lobby;
  readonly moderation: Moderation;
  /** What is told to everybody here. */
  readonly eventLimit: RateLimit;
  readonly #record: OpenRoomRecord;
  readonly #media: MediaRoom;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #succession: HostSuccession;
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
    const { record, restored, store, invites, clock, log } = options;
    const roomId = record.id;
    const rules = roomRules({
      ...options,
      parts,
      onChange: (participant) => {
        this.#notifyOfChange(participant);
        this.publications.review(participant);
      },
      onSettingsChange: () => this.#settingsChanged(),
      dismiss: (participant) => {
        this.#remove(participant);
        this.#reviewPrepared();
      },
    });
    this.id = roomId;
    this.#record = record;
    this.settings = rules.settings;
    this.admission = rules.admission;
    this.lobby = rules.lobby;
    this.moderation = rules.moderation;
    this.#store = store;
    this.#attendance = options.attendance;
    this.#invites = invites;
    this.#clock = clock;
    this.#log = log;
    this.#onEnd = options.onEnd;
    this.#media = parts.media;
    this.#participants = parts.participants;
    this.publications = parts.publications;
    this.subscriptions = parts.subscriptions;
    this.#chat = new Chat({ roomId, store, clock });
    this.#memberships = rules.memberships;
    this.#succession = rules.succession;
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
    return { roomId: this.id, name: this.#record.name, ...this.settings.describe() };
  }

  /** What anyone with the link may know: how many are in only where there is no lobby. */
  info(): RoomInfo {
    const { lobbyMode } = this.settings.record;
    return {
      roomId: this.id,
      name: this.#record.name,
      ...this.settings.describe(),
      ...(lobbyMode === 'off' && { participants: this.count }),
      routerRtpCapabilities: this.routerRtpCapabilities,
    };
  }

  /** What the network may know of the room; null: nothing. */
  describeNearby(): Omit<NearbyRoom, 'knockId'> | null {
    const { nearby, locked } = this.settings.record;
    // A scheduled room in which nobody is has not begun.
    if (nearby === 'hidden' || (this.scheduled && this.count === 0)) return null;
    return { ...(nearby === 'listed' && { name: this.#record.name, participants: this.count }), locked };
  }

  /** How many have joined. */
  get count(): number {
    return this.#participants.count;
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
    return new Participant({ connection, media: this.#media, settings: this.settings, onGone });
  }

  /** @throws {ProtocolError} as `Admission.require`; NOT_FOUND, CONFLICT; nothing has changed then */
  join(participant: Participant, request: JoinRequest): void {
    const { membership, identity, earlier } = this.admission.admit(request);
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
    this.lobby.review();
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
    this.lobby.review();
  }

  recover(participant: Participant): void {
    participant.recover();
    this.#connectionNotices.changed(participant);
    this.lobby.review();
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

  #settingsChanged(): void {
    this.#participants.notify(['roomUpdated', { room: this.describe() }]);
    for (const participant of this.#participants.joined) this.publications.review(participant);
    this.#reviewPrepared();
  }

  /** Who has prepared and may not join any more is told nothing more of the room: they have to ask again. */
  #reviewPrepared(): void {
    for (const participant of this.admission.outdated) {
      participant.connection.notify('mediaRestarted', {});
      this.#cleanUp(participant);
    }
  }

  #dismiss(reason: string): void {
    this.#ended = true;
    this.#expiry.close();
    this.#succession.close();
    this.#participants.notifyEveryone(['roomClosed', { reason }]);
    this.lobby.close(reason);
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
    const ranRoom = participant.present && this.#succession.runsRoom(participant.membership);
    const left = this.#cleanUp(participant);
    if (!left) return false;
    this.#expiry.noteLeft(this.#clock.now());
    this.#participants.notify(['peerLeft', { socketId: participant.connection.id, userId: left.userId }]);
    if (ranRoom) this.#succession.passOn(left);
    this.lobby.review();
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
    if (left) this.#memberships.leave(left, this.#clock.now(), { staysHost: this.settings.guarded });
    participant.end();
    return left;
  }

  #notifyOfChange(participant: Participant, except?: Participant): void {
    this.#connectionNotices.noteTold(participant);
    this.#participants.notify(['participantUpdated', { participant: participant.describe() }], except);
  }
}
