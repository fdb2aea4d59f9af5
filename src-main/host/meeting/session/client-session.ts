import {
  MAX_TOLD_BURST_PER_SOCKET,
  MAX_TOLD_PER_SECOND_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
} from '../../../../src-shared/limits.ts';
import { type Answer, type Payload, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { Bucket } from '../rates/bucket.ts';
import type { ClientConnection } from './client-connection.ts';
import type { Credentials } from '../admission/admission.ts';
import { type Invites, isInvite } from '../admission/invites.ts';
import { mediaOperations } from './media-operations.ts';
import {
  type OperationContext,
  type Operations,
  type Participation,
  type Reserved,
  type ReserveRequest,
  notJoined,
} from './operations.ts';
import { participantOperations } from './participant-operations.ts';
import type { Clock } from '../ports.ts';
import { Rate } from '../rates/rate.ts';
import type { Room } from '../room/room.ts';
import { Serial } from './serial.ts';
import type { UnjoinedConnections } from './unjoined-connections.ts';

const MINUTE_MS = 60_000;

/** What one connection may ask for, and what becomes of its participant when it ends. */
export class ClientSession {
  readonly operations: Operations;
  readonly #connection: ClientConnection;
  /** The token of the connection as a whole; one in a message wins. */
  readonly #token: string | undefined;
  readonly #findRoom: (roomId: string) => Room;
  readonly #invites: Invites;
  readonly #unjoined: UnjoinedConnections;
  /** How long the connection may stay without joining, ms. */
  readonly #within: number;
  readonly #onGone: (() => void) | undefined;
  readonly #transports: Rate;
  readonly #told: Bucket;
  readonly #joinsAndLeaves = new Serial();
  #participation: Participation | null = null;
  #connected = true;

  constructor(options: {
    connection: ClientConnection;
    token?: string | undefined;
    within: number;
    onGone?: (() => void) | undefined;
    findRoom: (roomId: string) => Room;
    invites: Invites;
    unjoined: UnjoinedConnections;
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
    const context: OperationContext = {
      participation: () => this.#currentParticipation(),
      joinedParticipation: () => this.#joinedParticipation(),
      findRoom: (roomId) => this.#find(roomId),
      countTransports: (count) => this.#countTransports(count),
      countBroadcast: () => this.#countBroadcast(),
    };
    this.operations = {
      reserve: (request) =>
        this.#joinsAndLeaves.run(() => this.#withCredentials(request, (credentials) => this.#reserve(credentials))),
      prepare: (request) =>
        this.#joinsAndLeaves.run(() => this.#withCredentials(request, (credentials) => this.#prepare(credentials))),
      joinRoom: (request) =>
        this.#joinsAndLeaves.run(() => this.#withCredentials(request, (credentials) => this.#join(credentials))),
      leaveRoom: () => this.#joinsAndLeaves.run(() => this.#leave()),
      ...participantOperations(context),
      ...mediaOperations(context),
    };
    this.#unjoined.add(this.#connection, this.#within);
  }

  /** The client ended the connection: its participant leaves at once. */
  ended(): void {
    this.#connected = false;
    this.#unjoined.remove(this.#connection);
    this.#leaveRoom();
  }

  /** The connection was lost: a participant who has joined keeps membership and media for `RECOVERY_MS`. */
  lost(): void {
    if (this.#participation?.participant.state === 'joined') {
      this.#connected = false;
      this.#participation.room.lose(this.#participation.participant);
    } else {
      this.ended();
    }
  }

  /** The connection is back. False: nothing was kept, and this session is over. */
  recovered(): boolean {
    if (!this.#participation?.participant.lost) return false;
    this.#connected = true;
    this.#participation.room.recover(this.#participation.participant);
    return true;
  }

  /**
   * Goes on with what the token says, the request's or the connection's: at once, but for an invite,
   * which takes a moment to check.
   *
   * @throws {ProtocolError} NOT_FOUND: a bad invite
   */
  #withCredentials<Request extends ReserveRequest, Result>(
    request: Request,
    goOn: (request: Request & Credentials) => Promise<Result>,
  ): Promise<Result> {
    const token = request.token ?? this.#token;
    if (!isInvite(token)) return goOn({ ...request, token });
    return this.#invites
      .readFor(request.roomId, token)
      .then((invite) => goOn({ ...request, token: undefined, invite }));
  }

  #reserve(request: ReserveRequest & Credentials): Promise<Reserved> {
    return this.#getReady(request, ({ participant }) => participant.openTransports());
  }

  #prepare(request: Payload<'prepare'> & Credentials): Promise<Answer<'prepare'>> {
    return this.#getReady(request, async ({ room, participant }) => {
      const consumable = () => room.publications.consumable(participant);
      const opened = await participant.openMedia(consumable, request.rtpCapabilities, { data: true });
      return { ...opened, warmUp: await participant.warmUp() };
    });
  }

  /** Makes this connection's person ready, unseen; what they were ready for before is given up. */
  async #getReady<Made>(
    { roomId, ...credentials }: ReserveRequest & Credentials,
    make: (participation: Participation) => Promise<Made>,
  ) {
    this.#refuseJoined();
    const room = this.#find(roomId);
    this.#countTransports(2);
    this.#leaveRoom();
    const participation = this.#enterRoom(room);
    return this.#orWithdraw(participation, async () => {
      room.prepare(participation.participant, credentials);
      const made = await make(participation);
      return { routerRtpCapabilities: room.routerRtpCapabilities, ...made };
    });
  }

  async #join(request: Payload<'joinRoom'> & Credentials): Promise<Answer<'joinRoom'>> {
    this.#refuseJoined();
    const room = this.#find(request.roomId);
    if (this.#participation?.room !== room) this.#leaveRoom();
    if (this.#participation) {
      // All is made: nothing here waits for media.
      this.#admit(this.#participation, request);
      return this.#describe(this.#participation);
    }
    const { rtpCapabilities, transports = false } = request;
    if (transports && rtpCapabilities) this.#countTransports(2);
    const participation = this.#enterRoom(room);
    const { participant } = participation;
    return this.#orWithdraw(participation, async () => {
      this.#admit(participation, request);
      if (!rtpCapabilities) return this.#describe(participation);
      participant.rtpCapabilities = rtpCapabilities;
      if (!transports) return this.#describe(participation);
      const opened = await participant.openMedia(() => room.publications.consumable(participant), rtpCapabilities, {
        data: false,
      });
      return { ...this.#describe(participation), routerRtpCapabilities: room.routerRtpCapabilities, ...opened };
    });
  }

  #leave() {
    this.#currentParticipation();
    this.#leaveRoom();
    return {};
  }

  #admit({ room, participant }: Participation, request: Payload<'joinRoom'> & Credentials): void {
    room.join(participant, request);
    this.#unjoined.remove(this.#connection);
  }

  #describe({ room, participant }: Participation): Answer<'joinRoom'> {
    const { userId, role, token } = participant.membership;
    return { ...room.describeFor(participant), userId, role, isHost: role === 'host', sessionToken: token };
  }

  /** Where they are already is not looked up. @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  #find(roomId: string): Room {
    return this.#participation?.room.id === roomId ? this.#participation.room : this.#findRoom(roomId);
  }

  #currentParticipation(): Participation {
    if (!this.#participation) throw notJoined();
    return this.#participation;
  }

  #joinedParticipation(): Participation {
    const participation = this.#currentParticipation();
    if (participation.participant.state === 'prepared') throw notJoined();
    return participation;
  }

  #refuseJoined(): void {
    if (!this.#participation || this.#participation.participant.state === 'prepared') return;
    throw new ProtocolError('CONFLICT', 'You are in a meeting already; leave it first.');
  }

  #enterRoom(room: Room): Participation {
    // Asked for before the connection ended, begun after.
    if (!this.#connected) throw notJoined();
    const participant = room.newParticipant(this.#connection, () => {
      this.#participation = null;
      if (this.#connected) this.#unjoined.add(this.#connection, this.#within);
      this.#onGone?.();
    });
    this.#participation = { room, participant };
    return this.#participation;
  }

  #leaveRoom(): void {
    if (this.#participation) this.#participation.room.leave(this.#participation.participant);
  }

  /** What `work` gives; if it fails, or the person goes meanwhile, nothing of them stays. */
  async #orWithdraw<Result>({ room, participant }: Participation, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      if (participant.state === 'gone') throw notJoined();
      return result;
    } catch (error) {
      room.withdraw(participant);
      throw error;
    }
  }

  #countTransports(count: number): void {
    if (this.#transports.take(count)) return;
    throw new ProtocolError('RATE_LIMITED', 'Too many media connections in a short time. Wait a minute.');
  }

  #countBroadcast(): void {
    if (this.#told.take()) return;
    throw new ProtocolError('RATE_LIMITED', 'You are telling everyone too much at once. Wait a moment.');
  }
}
