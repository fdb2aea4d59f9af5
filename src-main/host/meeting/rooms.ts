import {
  MAX_ROOM_NAME_LENGTH,
  MAX_ROOMS_FROM_ELSEWHERE,
  MAX_ROOMS_PER_HOST,
  MAX_SCHEDULE_AHEAD_MS,
  MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE,
  MAX_SCHEDULED_ROOMS_PER_HOST,
  SWEEP_MS,
  UNJOINED_SOCKET_MS,
} from '../../../src-shared/limits.ts';
import { type CreateRoom, type NearbyRoom, ProtocolError, type RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { ClientConnection } from './connection/client-connection.ts';
import { changeSettings } from './participants/current-settings.ts';
import { AttendanceLog } from './participants/attendance-log.ts';
import { Deadlines } from './deadlines.ts';
import { Direct } from './direct/index.ts';
import { roomNotFound } from './failures.ts';
import { KnockIds } from './admission/knock-ids.ts';
import { Invites } from './admission/invites.ts';
import { type Log, attempt } from './log.ts';
import { HostRates } from './rates/session-rates.ts';
import { RoomLookup } from './room/room-lookup.ts';
import {
  type AddressKey,
  type Clock,
  type Media,
  OPEN_TO_ALL,
  type OpenRoomRecord,
  type Store,
  type Tokens,
} from './ports.ts';
import { Room } from './room/room.ts';
import { newSecret } from './secret.ts';
import { UnjoinedConnections } from './connection/unjoined-connections.ts';
import { ClientSession } from './session/client-session.ts';
import { MeetingActivity } from './session/meeting-activity.ts';
import type { OperationAnswers, OperationPayloads } from './session/operations.ts';

/** A room as it is asked for. */
export interface NewRoom extends CreateRoom {
  /** Chosen by the one who asks; absent: made up. */
  roomId?: string | undefined;
  /** By somebody at another computer: they may not take all that this one has room for. */
  fromElsewhere?: boolean;
}

/** What one connection may do in meetings. */
export type MeetingSession = ClientSession<OperationPayloads, OperationAnswers>;

/** All meetings of a host. */
export class Rooms {
  readonly invites: Invites;
  /** Calls peer to peer: a way of their own to use the same host and invites. */
  readonly direct: Direct;
  readonly #media: Media;
  readonly #store: Store;
  readonly #tokens: Tokens;
  readonly #deadlines: Deadlines;
  readonly #log: Log;
  readonly #addressKey: AddressKey;
  readonly #attendance: AttendanceLog;
  readonly #unjoined: UnjoinedConnections;
  readonly #rooms = new Map<string, Room>();
  readonly #rates: HostRates;
  readonly #lookup: RoomLookup;
  readonly #knockIds: KnockIds;
  /** Rooms whose media is still being opened, and whether they are scheduled. */
  readonly #opening = new Map<string, { readonly scheduled: boolean }>();
  #closed = false;

  constructor(options: {
    media: Media;
    store: Store;
    tokens: Tokens;
    clock: Clock;
    log: Log;
    /** What counts as one in limits per address. */
    addressKey: AddressKey;
  }) {
    this.#media = options.media;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#log = options.log;
    this.#addressKey = options.addressKey;
    this.#deadlines = new Deadlines(options.clock);
    this.#attendance = new AttendanceLog({ store: options.store, clock: this.#deadlines, log: options.log });
    this.#unjoined = new UnjoinedConnections(this.#deadlines, options.addressKey);
    this.#rates = new HostRates(options.clock, options.addressKey);
    this.#knockIds = new KnockIds(options.clock);
    this.#lookup = new RoomLookup(this.#rooms, this.#rates);
    this.invites = new Invites({
      store: options.store,
      tokens: options.tokens,
      clock: options.clock,
      isOpen: (roomId) => this.#rooms.has(roomId),
      onChange: (roomId) => this.direct.invitesChanged(roomId),
    });
    this.direct = new Direct({
      invites: this.invites,
      clock: this.#deadlines,
      unjoined: this.#unjoined,
      rates: this.#rates,
      addressKey: options.addressKey,
      log: this.#log,
    });
    this.#sweepLater();
  }

  /**
   * Opens the rooms again that had not ended when this computer last hosted. To be called before
   * anyone arrives.
   */
  async restore(): Promise<void> {
    attempt(this.#log, () => this.#store.attendance.endAll());
    await Promise.all(
      this.#store.rooms.open().map(async (record) => {
        try {
          await this.#open(record, { restored: true });
        } catch (error) {
          this.#log.warn('A meeting could not be opened again', { roomId: record.id, error });
        }
      }),
    );
    if (this.#rooms.size > 0) this.#log.info('meetings are back', { count: this.#rooms.size });
  }

  /**
   * A room that waits for its first person. With `startsAt` it is a scheduled one, which stays.
   *
   * @throws {ProtocolError} CONFLICT: there is or was a room of this id; BAD_REQUEST: planned too far
   * ahead; FULL: as many rooms as this host has room for
   */
  async create({
    hostName,
    name,
    roomId,
    startsAt,
    settings: wanted = {},
    fromElsewhere = false,
  }: NewRoom): Promise<{ roomId: string; hostToken: string; linkKey: string | undefined }> {
    const now = this.#deadlines.now();
    if (startsAt !== undefined && startsAt > now + MAX_SCHEDULE_AHEAD_MS) {
      throw new ProtocolError('BAD_REQUEST', 'A meeting can be planned up to two years ahead.');
    }
    // First: this takes a moment where there is a passcode, and what is looked at next is to hold.
    const { settings, linkKey } = await changeSettings(() => OPEN_TO_ALL, wanted, this.#tokens);
    if (roomId !== undefined && this.#isTaken(roomId)) {
      throw new ProtocolError('CONFLICT', 'There is, or was, a meeting with this id. Choose another.');
    }
    this.#requireSpace({ scheduled: startsAt !== undefined, fromElsewhere });
    const hostToken = newSecret();
    const record = {
      id: roomId ?? this.#newRoomId(),
      name: name ?? `${hostName}'s meeting`.slice(0, MAX_ROOM_NAME_LENGTH),
      hostTokenHash: this.#tokens.hash(hostToken),
      createdAt: now,
      startsAt: startsAt ?? null,
      settings,
      hostMembershipId: null,
      lastAttendedAt: null,
    };
    await this.#open(record, { restored: false });
    this.#log.info('meeting made', { roomId: record.id });
    return { roomId: record.id, hostToken, linkKey };
  }

  /**
   * Whether someone may administer a room.
   *
   * @throws {ProtocolError} UNAUTHORIZED: they show no token; NOT_FOUND: no such room, or not its host token
   */
  requireHost(roomId: string, hostToken: string | undefined): void {
    if (hostToken === undefined) throw new ProtocolError('UNAUTHORIZED', 'Show the host token of this meeting.');
    if (!this.#rooms.get(roomId)?.admission.isHostToken(hostToken)) throw roomNotFound();
  }

  /** All that have not ended, scheduled ones included. */
  get open(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /** How many people are in meetings here. */
  get participants(): number {
    return this.#rooms.values().reduce((sum, room) => sum + room.count, 0);
  }

  /** How many wait in their lobbies. */
  get waiting(): number {
    return this.#rooms.values().reduce((sum, room) => sum + room.lobby.count, 0);
  }

  /** Whether there is such a room now, and this is the key of its link. @throws {ProtocolError} RATE_LIMITED */
  isOpen(roomId: string, remoteAddress: string, key?: string): boolean {
    const room = this.#lookup.look(roomId, remoteAddress);
    const isOpen = room?.settings.acceptsKey(key) ?? false;
    if (room && !isOpen) this.#rates.missRoom(remoteAddress);
    return isOpen;
  }

  /** What anyone with the link may know. @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  info(roomId: string, remoteAddress: string, key?: string): RoomInfo {
    const room = this.#lookup.find(roomId, remoteAddress);
    if (!room.settings.acceptsKey(key)) throw roomNotFound();
    return room.info();
  }

  /** What the network may know of the rooms here, and by which ids one may ask to be let in. */
  nearby(): NearbyRoom[] {
    return [...this.#rooms.values()].flatMap((room) => {
      const shown = room.describeNearby();
      return shown ? [{ knockId: this.#knockIds.of(room.id), ...shown }] : [];
    });
  }

  /**
   * As `info`, for somebody who may need no key.
   *
   * @param token the room's host token, an invite to its meeting, or the session token of somebody not removed
   * @throws {ProtocolError} NOT_FOUND, RATE_LIMITED
   */
  async infoFor(token: string, roomId: string, remoteAddress: string, key?: string): Promise<RoomInfo> {
    const room = this.#lookup.find(roomId, remoteAddress);
    if (!room.settings.acceptsKey(key) && !room.admission.knows(token)) await this.invites.readFor(roomId, token);
    return room.info();
  }

  /** @throws {ProtocolError} LIMIT: too many connections of this address have not joined. */
  checkConnection(remoteAddress: string): void {
    this.#unjoined.check(remoteAddress);
  }

  /**
   * A client has connected. The gateway calls the session's operations, and `ended` or `lost` when the
   * connection ends.
   *
   * @param token what the connection carries as a whole; a token in a message wins
   * @param options.within how long it may stay without joining, ms
   * @param options.onGone called whenever this connection's person has gone, joined or not, for whatever reason but to wait
   * @throws {ProtocolError} LIMIT
   */
  connect(
    connection: ClientConnection,
    token?: string,
    { within = UNJOINED_SOCKET_MS, onGone }: { within?: number; onGone?: () => void } = {},
  ): MeetingSession {
    this.checkConnection(connection.remoteAddress);
    const activity = new MeetingActivity({
      connection,
      token,
      within,
      onGone,
      findRoom: (roomId) => this.#lookup.find(roomId, connection.remoteAddress),
      missRoom: () => this.#rates.missRoom(connection.remoteAddress),
      invites: this.invites,
      unjoined: this.#unjoined,
      measures: this.#log.measures,
    });
    return new ClientSession({ activity, remoteAddress: () => connection.remoteAddress, rates: this.#rates });
  }

  /**
   * Ends every meeting, telling everyone why; scheduled ones are there again when this computer next hosts.
   *
   * @param options.forGood false, where hosting has not begun: those that are not scheduled are there again too
   */
  close(reason: string, { forGood = true } = {}): void {
    this.#closed = true;
    for (const room of this.#rooms.values()) {
      if (forGood) room.end(reason);
      else room.adjourn(reason);
    }
    this.#attendance.flush();
    this.#deadlines.close();
  }

  #waitingFrom(remoteAddress: string): number {
    return this.#rooms.values().reduce((sum, { lobby }) => sum + lobby.countFrom(remoteAddress), 0);
  }

  async #open(record: OpenRoomRecord, { restored }: { restored: boolean }): Promise<void> {
    this.#opening.set(record.id, { scheduled: record.startsAt !== null });
    try {
      const room = await Room.open(this.#media, {
        record,
        restored,
        store: this.#store,
        tokens: this.#tokens,
        attendance: this.#attendance,
        invites: this.invites,
        clock: this.#deadlines,
        log: this.#log,
        addressKey: this.#addressKey,
        waitingFrom: (remoteAddress) => this.#waitingFrom(remoteAddress),
        onEnd: () => {
          this.#rooms.delete(room.id);
          this.direct.invitesChanged(room.id);
          this.#log.info('meeting ended', { roomId: room.id });
        },
      });
      try {
        if (this.#closed) throw notHosting();
        if (!restored) this.#store.rooms.add(record);
      } catch (error) {
        room.end('The meeting could not be opened.');
        throw error;
      }
      this.#rooms.set(room.id, room);
    } finally {
      this.#opening.delete(record.id);
    }
  }

  /** @throws {ProtocolError} FULL */
  #requireSpace({ scheduled, fromElsewhere }: { scheduled: boolean; fromElsewhere: boolean }): void {
    if (this.#closed) throw notHosting();
    const all = [...this.#rooms.values(), ...this.#opening.values()];
    if (all.length >= (fromElsewhere ? MAX_ROOMS_FROM_ELSEWHERE : MAX_ROOMS_PER_HOST)) {
      throw new ProtocolError('FULL', 'This computer hosts as many meetings as it can. Try again when one has ended.');
    }
    if (!scheduled) return;
    const most = fromElsewhere ? MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE : MAX_SCHEDULED_ROOMS_PER_HOST;
    if (all.filter((room) => room.scheduled).length >= most) {
      throw new ProtocolError(
        'FULL',
        'This computer has as many planned meetings as it can. Start one without a date.',
      );
    }
  }

  #isTaken(roomId: string): boolean {
    return this.#rooms.has(roomId) || this.#opening.has(roomId) || this.#store.rooms.remembers(roomId);
  }

  #newRoomId(): string {
    const id = crypto.randomUUID().slice(0, 8);
    return this.#isTaken(id) ? this.#newRoomId() : id;
  }

  #sweepLater(): void {
    this.#deadlines.after(SWEEP_MS, () => {
      this.#sweepLater();
      // Who was in until about when is then known even if this process is killed.
      if (this.participants > 0) attempt(this.#log, () => this.#store.attendance.goOn(this.#deadlines.now()));
      for (const room of this.#rooms.values()) room.endIfLongOver();
    });
  }
}

function notHosting(): ProtocolError {
  return new ProtocolError('NOT_HOSTING', 'This computer has stopped hosting.');
}
