import {
  MAX_TOLD_BURST_PER_SOCKET,
  MAX_TOLD_PER_SECOND_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
} from '../../../src-shared/limits.ts';
import { type Answer, type Payload, ProtocolError } from '../../../src-shared/protocol/index.ts';
import { Bucket } from './bucket.ts';
import type { Connection } from './connection.ts';
import type { Ticket } from './door.ts';
import { type Invites, isInvite } from './invites.ts';
import { mediaOperations } from './media-operations.ts';
import {
  type Asker,
  type Operations,
  type Place,
  type Reserved,
  type ReserveRequest,
  notJoined,
} from './operations.ts';
import { peopleOperations } from './people-operations.ts';
import type { Clock } from './ports.ts';
import { Rate } from './rate.ts';
import type { Room } from './room.ts';
import { Serial } from './serial.ts';
import type { Unjoined } from './unjoined.ts';

const MINUTE_MS = 60_000;

/** What one connection may ask for, and what becomes of its person when it ends. */
export class Visitor {
  readonly operations: Operations;
  readonly #connection: Connection;
  /** The token of the connection as a whole; one in a message wins. */
  readonly #token: string | undefined;
  readonly #findRoom: (roomId: string) => Room;
  readonly #invites: Invites;
  readonly #unjoined: Unjoined;
  /** How long the connection may stay without joining, ms. */
  readonly #within: number;
  readonly #onGone: (() => void) | undefined;
  readonly #transports: Rate;
  readonly #told: Bucket;
  readonly #comingAndGoing = new Serial();
  #place: Place | null = null;
  #connected = true;

  constructor(options: {
    connection: Connection;
    token?: string | undefined;
    within: number;
    onGone?: (() => void) | undefined;
    findRoom: (roomId: string) => Room;
    invites: Invites;
    unjoined: Unjoined;
    clock: Clock;
  }) {
    this.#connection = options.connection;
    this.#token = options.token;
    this.#findRoom = options.findRoom;
    this.#invites = options.invites;
    this.#unjoined = options.unjoined;
    this.#within = options.within;
    this.#onGone = options.onGone;
    this.#transports = new Rate(options.clock, MAX_TRANSPORTS_PER_MINUTE, MINUTE_MS);
    this.#told = new Bucket(options.clock, {
      burst: MAX_TOLD_BURST_PER_SOCKET,
      perSecond: MAX_TOLD_PER_SECOND_PER_SOCKET,
    });
    const asker: Asker = {
      here: () => this.#here(),
      joined: () => this.#joined(),
      findRoom: (roomId) => this.#find(roomId),
      countTransports: (count) => this.#countTransports(count),
      countTold: () => this.#countTold(),
    };
    this.operations = {
      reserve: (request) => this.#comingAndGoing.run(() => this.#with(request, (ticket) => this.#reserve(ticket))),
      prepare: (request) => this.#comingAndGoing.run(() => this.#with(request, (ticket) => this.#prepare(ticket))),
      joinRoom: (request) => this.#comingAndGoing.run(() => this.#with(request, (ticket) => this.#join(ticket))),
      leaveRoom: () => this.#comingAndGoing.run(() => this.#leave()),
      ...peopleOperations(asker),
      ...mediaOperations(asker),
    };
    this.#unjoined.add(this.#connection, this.#within);
  }

  /** The connection ended by the person's own will: they are gone at once. */
  left(): void {
    this.#connected = false;
    this.#unjoined.remove(this.#connection);
    this.#leavePlace();
  }

  /** The connection was lost: someone who has joined keeps seat and media for `RECOVERY_MS`. */
  lost(): void {
    if (this.#place?.person.stage === 'joined') {
      this.#connected = false;
      this.#place.room.lose(this.#place.person);
    } else {
      this.left();
    }
  }

  /** The connection is back. False: nothing was kept, and this visitor is over. */
  recovered(): boolean {
    if (!this.#place?.person.lost) return false;
    this.#connected = true;
    this.#place.room.recover(this.#place.person);
    return true;
  }

  /**
   * Goes on with what the token says, the request's or the connection's: at once, but for an invite,
   * which takes a moment to check.
   *
   * @throws {ProtocolError} NOT_FOUND: a bad invite
   */
  #with<Request extends ReserveRequest, Result>(
    request: Request,
    goOn: (request: Request & Ticket) => Promise<Result>,
  ): Promise<Result> {
    const token = request.token ?? this.#token;
    if (!isInvite(token)) return goOn({ ...request, token });
    return this.#invites
      .readFor(request.roomId, token)
      .then((invite) => goOn({ ...request, token: undefined, invite }));
  }

  #reserve(request: ReserveRequest & Ticket): Promise<Reserved> {
    return this.#getReady(request, ({ person }) => person.openTransports());
  }

  #prepare(request: Payload<'prepare'> & Ticket): Promise<Answer<'prepare'>> {
    return this.#getReady(request, async ({ room, person }) => {
      const receivable = () => room.floor.receivable(person);
      const opened = await person.openMedia(receivable, request.rtpCapabilities, { data: true });
      return { ...opened, warmUp: await person.warmUp() };
    });
  }

  /** Makes this connection's person ready, unseen; what they were ready for before is given up. */
  async #getReady<Made>({ roomId, ...ticket }: ReserveRequest & Ticket, make: (place: Place) => Promise<Made>) {
    this.#refuseJoined();
    const room = this.#find(roomId);
    this.#countTransports(2);
    this.#leavePlace();
    const place = this.#enter(room);
    return this.#orWithdraw(place, async () => {
      room.prepare(place.person, ticket);
      const made = await make(place);
      return { routerRtpCapabilities: room.routerRtpCapabilities, ...made };
    });
  }

  async #join(request: Payload<'joinRoom'> & Ticket): Promise<Answer<'joinRoom'>> {
    this.#refuseJoined();
    const room = this.#find(request.roomId);
    if (this.#place?.room !== room) this.#leavePlace();
    if (this.#place) {
      // All is made: nothing here waits for media.
      this.#sit(this.#place, request);
      return this.#describe(this.#place);
    }
    const { rtpCapabilities, transports = false } = request;
    if (transports && rtpCapabilities) this.#countTransports(2);
    const place = this.#enter(room);
    const { person } = place;
    return this.#orWithdraw(place, async () => {
      this.#sit(place, request);
      if (!rtpCapabilities) return this.#describe(place);
      person.rtpCapabilities = rtpCapabilities;
      if (!transports) return this.#describe(place);
      const opened = await person.openMedia(() => room.floor.receivable(person), rtpCapabilities, { data: false });
      return { ...this.#describe(place), routerRtpCapabilities: room.routerRtpCapabilities, ...opened };
    });
  }

  #leave() {
    this.#here();
    this.#leavePlace();
    return {};
  }

  #sit({ room, person }: Place, request: Payload<'joinRoom'> & Ticket): void {
    room.join(person, request);
    this.#unjoined.remove(this.#connection);
  }

  #describe({ room, person }: Place): Answer<'joinRoom'> {
    const { userId, role, token } = person.seat;
    return { ...room.describeFor(person), userId, role, isHost: role === 'host', sessionToken: token };
  }

  /** Where they are already is not looked up. @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  #find(roomId: string): Room {
    return this.#place?.room.id === roomId ? this.#place.room : this.#findRoom(roomId);
  }

  #here(): Place {
    if (!this.#place) throw notJoined();
    return this.#place;
  }

  #joined(): Place {
    const place = this.#here();
    if (place.person.stage === 'prepared') throw notJoined();
    return place;
  }

  #refuseJoined(): void {
    if (!this.#place || this.#place.person.stage === 'prepared') return;
    throw new ProtocolError('CONFLICT', 'You are in a meeting already; leave it first.');
  }

  #enter(room: Room): Place {
    // Asked for before the connection ended, begun after.
    if (!this.#connected) throw notJoined();
    const person = room.newPerson(this.#connection, () => {
      this.#place = null;
      if (this.#connected) this.#unjoined.add(this.#connection, this.#within);
      this.#onGone?.();
    });
    this.#place = { room, person };
    return this.#place;
  }

  #leavePlace(): void {
    if (this.#place) this.#place.room.leave(this.#place.person);
  }

  /** What `work` gives; if it fails, or the person goes meanwhile, nothing of them stays. */
  async #orWithdraw<Result>({ room, person }: Place, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      if (person.stage === 'gone') throw notJoined();
      return result;
    } catch (error) {
      room.withdraw(person);
      throw error;
    }
  }

  #countTransports(count: number): void {
    if (this.#transports.take(count)) return;
    throw new ProtocolError('RATE_LIMITED', 'Too many media connections in a short time. Wait a minute.');
  }

  #countTold(): void {
    if (this.#told.take()) return;
    throw new ProtocolError('RATE_LIMITED', 'You are telling everyone too much at once. Wait a moment.');
  }
}
