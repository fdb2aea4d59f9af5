import { MAX_ROOM_NAME_LENGTH, MAX_ROOMS_PER_HOST, UNJOINED_SOCKET_MS } from '../../../src-shared/limits.ts';
import { type CreateRoom, ProtocolError, type RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { Connection } from './connection.ts';
import { Deadlines } from './deadlines.ts';
import type { Log } from './log.ts';
import type { Clock, Media } from './ports.ts';
import { Room, roomNotFound } from './room.ts';
import { Unjoined } from './unjoined.ts';
import { Visitor } from './visitor.ts';

/** All meetings of a host. */
export class Meetings {
  readonly #media: Media;
  readonly #deadlines: Deadlines;
  readonly #log: Log;
  readonly #unjoined: Unjoined;
  readonly #rooms = new Map<string, Room>();
  /** Rooms whose media is still being opened. */
  #opening = 0;
  #closed = false;

  constructor(options: { media: Media; clock: Clock; log: Log }) {
    this.#media = options.media;
    this.#log = options.log;
    this.#deadlines = new Deadlines(options.clock);
    this.#unjoined = new Unjoined(this.#deadlines);
  }

  /**
   * A room that waits for its first person.
   *
   * @throws {ProtocolError} FULL: as many rooms as this host has room for
   */
  async create({ hostName, name }: CreateRoom): Promise<{ roomId: string; hostToken: string }> {
    if (this.#closed || this.#rooms.size + this.#opening >= MAX_ROOMS_PER_HOST) {
      throw new ProtocolError('FULL', 'This computer hosts as many meetings as it can. Try again when one has ended.');
    }
    this.#opening++;
    try {
      const room = await Room.open(this.#media, {
        id: this.#newRoomId(),
        name: name ?? `${hostName}'s meeting`.slice(0, MAX_ROOM_NAME_LENGTH),
        clock: this.#deadlines,
        log: this.#log,
        onEnd: () => {
          this.#rooms.delete(room.id);
          this.#log.info('meeting ended', { roomId: room.id });
        },
      });
      this.#rooms.set(room.id, room);
      this.#log.info('meeting made', { roomId: room.id });
      return { roomId: room.id, hostToken: room.hostToken };
    } finally {
      this.#opening--;
    }
  }

  /** How many people are in meetings here. */
  get participants(): number {
    return this.#rooms.values().reduce((sum, room) => sum + room.info().participants, 0);
  }

  /** What anyone with the link may know. @throws {ProtocolError} NOT_FOUND */
  info(roomId: string): RoomInfo {
    return this.#find(roomId).info();
  }

  /** @throws {ProtocolError} LIMIT: too many connections of this address have not joined. */
  checkArrival(countedAs: string): void {
    this.#unjoined.check(countedAs);
  }

  /**
   * Someone has connected. A gateway calls the visitor's operations, and `left` or `lost` when the
   * connection ends.
   *
   * @param token what the connection carries as a whole; a token in a message wins
   * @param options.within how long it may stay without joining, ms
   * @param options.onGone called whenever this connection's person has gone, joined or not, for whatever reason
   * @throws {ProtocolError} LIMIT
   */
  arrive(
    connection: Connection,
    token?: string,
    { within = UNJOINED_SOCKET_MS, onGone }: { within?: number; onGone?: () => void } = {},
  ): Visitor {
    this.checkArrival(connection.countedAs);
    return new Visitor({
      connection,
      token,
      within,
      onGone,
      findRoom: (roomId) => this.#find(roomId),
      unjoined: this.#unjoined,
      clock: this.#deadlines,
    });
  }

  /** Ends every meeting, telling everyone why. */
  close(reason: string): void {
    this.#closed = true;
    for (const room of this.#rooms.values()) room.close(reason);
    this.#deadlines.close();
  }

  #find(roomId: string): Room {
    const room = this.#rooms.get(roomId);
    if (!room) throw roomNotFound();
    return room;
  }

  #newRoomId(): string {
    const id = crypto.randomUUID().slice(0, 8);
    return this.#rooms.has(id) ? this.#newRoomId() : id;
  }
}
