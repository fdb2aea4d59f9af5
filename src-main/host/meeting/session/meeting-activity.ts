import type { Permission } from '../../../../src-shared/permissions.ts';
import { type Answer, type Payload, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { type Credentials, type JoinRequest, MustWaitError } from '../admission/admission.ts';
import { type Invites, isInvite } from '../admission/invites.ts';
import { notPermitted, roomNotFound } from '../failures.ts';
import { EVENTS_OF_JOINING, drawEvents } from '../rates/session-rates.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { type Measures, measureJoin } from '../measures.ts';
import type { Room } from '../room/room.ts';
import { openMedia, openTransports } from './transports.ts';
import type { ClientConnection } from '../connection/client-connection.ts';
import type { SessionActivity } from './client-session.ts';
import type { Waiting } from '../admission/lobby.ts';
import { EarlierMemberships } from './earlier-memberships.ts';
import { mediaOperations } from './media-operations.ts';
import type { SessionState } from './operation-table.ts';
import type {
  MeetingHandlers,
  OperationAnswers,
  OperationPayloads,
  Participation,
  ReserveRequest,
  Reserved,
} from './operations.ts';
import { moderationOperations } from './moderation-operations.ts';
import { participantOperations } from './participant-operations.ts';
import type { UnjoinedConnections } from '../connection/unjoined-connections.ts';

type JoinPayload = Payload<'joinRoom'> & Credentials & Pick<JoinRequest, 'admitted'>;

interface MeetingActivityOptions {
  readonly connection: ClientConnection;
  /** The token of the connection as a whole; one in a message wins. */
  readonly token: string | undefined;
  /** How long the connection may stay without joining, ms. */
  readonly within: number;
  /** Called whenever this connection's participant has left, joined or not, for whatever reason but to wait. */
  readonly onGone: (() => void) | undefined;
  /** @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  readonly findRoom: (roomId: string) => Room;
  /** Counts that a room was asked for by somebody who does not know what leads to it. */
  readonly missRoom: () => void;
  readonly invites: Invites;
  readonly unjoined: UnjoinedConnections;
  readonly measures: Measures | undefined;
}

/** One connection's way through meetings: at most one participant at a time, joined or preparing to join. */
export class MeetingActivity implements SessionActivity<OperationPayloads, OperationAnswers> {
  readonly handlers: MeetingHandlers;
  readonly relayLimit = null;
  readonly #options: MeetingActivityOptions;
  #participation: Participation | null = null;
  /** In the lobby of a room; a participant is made of them when they are admitted. */
  #inLobby: { readonly room: Room; readonly waiting: Waiting } | null = null;
  readonly #earlier = new EarlierMemberships();
  #connected = true;
  #ended = false;

  constructor(options: MeetingActivityOptions) {
    this.#options = options;
    const current = () => this.#current();
    this.handlers = {
      reserve: (request) => this.#withCredentials(request, (checked) => this.#reserve(checked)),
      prepare: (request) => this.#withCredentials(request, (checked) => this.#prepare(checked)),
      joinRoom: (request) =>
        measureJoin(options.measures, () => this.#withCredentials(request, (checked) => this.#join(checked))),
      leaveRoom: () => {
        if (this.#inLobby) this.#stopWaiting();
        else this.#current();
        this.#leaveRoom();
        return {};
      },
      updateWaiting: ({ note }) => {
        this.#inLobby?.room.lobby.setNote(this.#inLobby.waiting, note);
        return {};
      },
      getRouterRtpCapabilities: ({ roomId, key }) => {
        const room = roomId === undefined ? this.#current().room : this.#find(roomId);
        if (room !== this.#participation?.room && !room.settings.acceptsKey(key)) {
          this.#options.missRoom();
          throw roomNotFound();
        }
        return { rtpCapabilities: room.routerRtpCapabilities };
      },
      ping: () => ({}),
      ...participantOperations(current),
      ...moderationOperations(current),
      ...mediaOperations(current),
    };
    options.unjoined.add(options.connection, options.within);
  }

  get state(): Exclude<SessionState, 'disconnected'> {
    // Also while their media is made ready after somebody has admitted them.
    if (this.#inLobby) return 'waiting';
    const state = this.#participation?.participant.state;
    if (state === undefined || state === 'left') return 'connected';
    return state === 'disconnected' ? 'joined' : state;
  }

  get eventLimit(): RateLimit | null {
    return this.#participation?.room.eventLimit ?? null;
  }

  requirePermission(permission: Permission | null): void {
    if (permission === null || !this.#participation || this.#participation.participant.may(permission)) return;
    throw notPermitted(permission);
  }

  refusal(state: SessionState): ProtocolError {
    if (state === 'joined') return new ProtocolError('CONFLICT', 'You are in a meeting already; leave it first.');
    if (state === 'waiting') return new ProtocolError('WAITING', 'Wait until somebody lets you in.');
    return notJoined();
  }

  ended(): void {
    this.#connected = false;
    this.#ended = true;
    this.#options.unjoined.remove(this.#options.connection);
    this.#stopWaiting();
    this.#leaveRoom();
  }

  lost(): boolean {
    if (this.#participation?.participant.state !== 'joined') return false;
    this.#connected = false;
    this.#participation.room.disconnect(this.#participation.participant);
    return true;
  }

  recovered(): boolean {
    if (this.#participation?.participant.state !== 'disconnected') return false;
    this.#connected = true;
    this.#participation.room.recover(this.#participation.participant);
    return true;
  }

  /**
   * Goes on with what the token, the request's or the connection's, and the passcode say: at once, but for an
   * invite and a passcode, which take a moment to check.
   *
   * @throws {ProtocolError} NOT_FOUND: a bad invite; RATE_LIMITED: wrong passcodes
   */
  #withCredentials<Request extends ReserveRequest, Result>(
    request: Request,
    goOn: (request: Request & Credentials) => Promise<Result>,
  ): Promise<Result> {
    const token = request.token ?? this.#options.token;
    if (isInvite(token) || request.passcode !== undefined) return this.#checked(request, token).then(goOn);
    return goOn({ ...request, token });
  }

  async #checked<Request extends ReserveRequest>(
    request: Request,
    token: string | undefined,
  ): Promise<Request & Credentials> {
    const { roomId, passcode } = request;
    const credentials = isInvite(token)
      ? { ...request, token: undefined, invite: await this.#options.invites.readFor(roomId, token) }
      : { ...request, token };
    if (passcode === undefined) return credentials;
    const { remoteAddress } = this.#options.connection;
    const room = this.#find(roomId);
    const passcodeAccepted = await room.admission.acceptsPasscode(
      this.#earlier.continued(room, credentials),
      passcode,
      remoteAddress,
    );
    return { ...credentials, passcodeAccepted };
  }

  #reserve(request: ReserveRequest & Credentials): Promise<Reserved> {
    return this.#makeReady(request, openTransports);
  }

  #prepare(request: Payload<'prepare'> & Credentials): Promise<Answer<'prepare'>> {
    return this.#makeReady(request, async (participation) => {
      const opened = await openMedia(participation, request.rtpCapabilities, { data: true });
      return { ...opened, warmUp: await participation.participant.media.warmUp() };
    });
  }

  /** Makes media ready for a participant, unseen; what was ready before is given up. */
  async #makeReady<Made>(
    { roomId, ...credentials }: ReserveRequest & Credentials,
    make: (participation: Participation) => Promise<Made>,
  ) {
    const room = this.#find(roomId);
    const shown = this.#earlier.continued(room, credentials);
    this.#requireAdmission(room, shown);
    this.#leaveRoom();
    const participation = this.#enterRoom(room);
    return this.#orWithdraw(participation, async () => {
      room.admission.prepare(participation.participant, shown);
      const made = await make(participation);
      return { routerRtpCapabilities: room.routerRtpCapabilities, ...made };
    });
  }

  async #join(request: JoinPayload): Promise<Answer<'joinRoom'>> {
    const room = this.#find(request.roomId);
    try {
      this.#requireAdmission(room, request);
      this.#stopWaiting();
      return await this.#enter(room, request);
    } catch (error) {
      // Perhaps only now: the lobby may have been turned on while their media was made ready.
      if (error instanceof MustWaitError) this.#knock(room, request);
      throw error;
    }
  }

  /** What is asked with a wrong key or token counts like what is asked of a room that is not there. */
  #requireAdmission(room: Room, request: Credentials & Pick<JoinRequest, 'admitted'>): void {
    try {
      room.admission.require(this.#earlier.continued(room, request));
    } catch (error) {
      if (error instanceof ProtocolError && error.code === 'NOT_FOUND') this.#options.missRoom();
      throw error;
    }
  }

  /** Waits in the lobby from now on; who waits there already is the last of those who do, and keeps their note. */
  #knock(room: Room, request: JoinPayload): void {
    this.#requireOpen();
    const { connection, unjoined } = this.#options;
    const note = this.#inLobby?.room === room ? this.#inLobby.waiting.note : undefined;
    this.#stopWaiting();
    const { userName, invite } = request;
    const waiting = room.lobby.add({
      connection,
      userId: room.admission.userIdFor(request),
      userName: invite?.name ?? userName,
      join: async () => {
        const admitted = { ...request, userId: waiting.userId, admitted: true };
        room.admission.require(this.#earlier.continued(room, admitted));
        connection.notify('admitted', await this.#enter(room, admitted));
      },
      onDismiss: () => {
        this.#leaveLobby();
        this.#options.onGone?.();
      },
    });
    this.#inLobby = { room, waiting };
    if (note !== undefined) room.lobby.setNote(waiting, note);
    this.#leaveRoom();
    unjoined.remove(connection);
  }

  /** By their own doing. */
  #stopWaiting(): void {
    if (!this.#inLobby) return;
    this.#inLobby.room.lobby.remove(this.#inLobby.waiting);
    this.#leaveLobby();
  }

  /** They wait no more, and have not joined. An admission that is in progress ends. */
  #leaveLobby(): void {
    const { connection, within, unjoined } = this.#options;
    this.#leaveRoom();
    this.#inLobby = null;
    if (this.#connected) unjoined.add(connection, within);
  }

  async #enter(room: Room, request: JoinPayload): Promise<Answer<'joinRoom'>> {
    if (this.#participation?.room !== room) this.#leaveRoom();
    const { rtpCapabilities, transports = false } = request;
    if (this.#participation) {
      // Everything is ready: nothing here waits for media.
      this.#admit(this.#participation, request);
      return this.#describe(this.#participation);
    }
    const participation = this.#enterRoom(room);
    const { participant } = participation;
    return this.#orWithdraw(participation, async () => {
      if (!rtpCapabilities || !transports) {
        participant.rtpCapabilities = rtpCapabilities ?? null;
        this.#admit(participation, request);
        return this.#describe(participation);
      }
      // Before they join: a join that fails here has displaced nobody.
      room.admission.awaitJoin(participant, this.#earlier.continued(room, request));
      const opened = await openMedia(participation, rtpCapabilities, { data: false, paused: true });
      if (participant.state === 'left') throw notJoined();
      this.#admit(participation, request);
      return { ...this.#describe(participation), routerRtpCapabilities: room.routerRtpCapabilities, ...opened };
    });
  }

  #admit({ room, participant }: Participation, request: JoinPayload): void {
    // Only now: those who are not let in must use up nothing of the room's.
    drawEvents(room.eventLimit, EVENTS_OF_JOINING);
    room.join(participant, this.#earlier.continued(room, request));
    this.#inLobby = null;
    this.#earlier.note(room, participant.membership);
    this.#options.unjoined.remove(this.#options.connection);
  }

  #describe({ room, participant }: Participation): Answer<'joinRoom'> {
    const { userId, role, token } = participant.membership;
    return { ...room.describeFor(participant), userId, role, isHost: role === 'host', sessionToken: token };
  }

  /** The room the client is in is not looked up. @throws {ProtocolError} NOT_FOUND, RATE_LIMITED */
  #find(roomId: string): Room {
    return this.#participation?.room.id === roomId ? this.#participation.room : this.#options.findRoom(roomId);
  }

  #current(): Participation {
    if (!this.#participation) throw notJoined();
    return this.#participation;
  }

  #enterRoom(room: Room): Participation {
    this.#requireOpen();
    const { connection, within, unjoined, onGone } = this.#options;
    const participant = room.newParticipant(connection, () => {
      this.#participation = null;
      // Their admission could not be completed: they go on waiting.
      if (this.#inLobby) return;
      // A connection that is lost is not one that waits to join.
      if (this.#connected) unjoined.add(connection, within);
      onGone?.();
    });
    this.#participation = { room, participant };
    return this.#participation;
  }

  /** @throws {ProtocolError} NOT_JOINED: it was asked for before the connection ended, and would begin after */
  #requireOpen(): void {
    if (this.#ended) throw notJoined();
  }

  #leaveRoom(): void {
    if (this.#participation) this.#participation.room.leave(this.#participation.participant);
  }

  /** What `work` gives; if it fails, or the participant leaves meanwhile, nothing of them stays. */
  async #orWithdraw<Result>({ room, participant }: Participation, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      if (participant.state === 'left') throw notJoined();
      return result;
    } catch (error) {
      room.withdraw(participant);
      throw error;
    }
  }
}

function notJoined(): ProtocolError {
  return new ProtocolError('NOT_JOINED', 'Join the meeting first.');
}
