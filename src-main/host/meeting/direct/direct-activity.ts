import { UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { type Permission, may } from '../../../../src-shared/permissions.ts';
import { type InviteContent, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { DeskOperations, DeskSession } from '../desk/desk.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import type { SessionActivity } from '../session/client-session.ts';
import type { SessionState } from '../session/operation-table.ts';
import type { UnjoinedConnections } from '../connection/unjoined-connections.ts';
import type {
  DirectAnswers,
  DirectConnection,
  DirectHandlers,
  DirectPayloads,
} from '../connection/direct-connection.ts';
import type { Peer } from './peer.ts';

interface DirectActivityOptions {
  readonly connection: DirectConnection;
  readonly peer: Peer;
  /** The invite the client connected with; null: none. */
  readonly invite: InviteContent | null;
  /** Whether that invite is still good. */
  readonly stillValid: () => boolean;
  /** The session at a desk that the invite gives; null: none. */
  readonly deskSession: DeskSession | null;
  readonly unjoined: UnjoinedConnections;
  /** Of what this client sends on. */
  readonly relayLimit: RateLimit;
}

const WRONG_SIDE: Partial<Record<Permission, string>> = {
  'offer-call': 'At a desk the client makes the offer.',
  'answer-call': 'At a desk the professional answers.',
};

/** One connection's part in calls from browser to browser: in peer rooms, and at a desk. */
export class DirectActivity implements SessionActivity<DirectPayloads, DirectAnswers> {
  /** An event in a peer room reaches 16 people at most, so the connection's own rates are enough. */
  readonly eventLimit = null;
  readonly handlers: DirectHandlers;
  readonly relayLimit: RateLimit;
  readonly #options: DirectActivityOptions;

  constructor(options: DirectActivityOptions) {
    this.#options = options;
    this.relayLimit = options.relayLimit;
    this.handlers = { ...this.#peerHandlers(), ...this.#deskHandlers(), ping: () => ({}) };
    this.#count();
  }

  get state(): 'connected' | 'joined' {
    const { peer, deskSession } = this.#options;
    return peer.joined || deskSession ? 'joined' : 'connected';
  }

  /** Closes the connection if its invite is no longer valid. */
  requirePermission(permission: Permission | null): void {
    const { invite, deskSession } = this.#options;
    this.#requireValid();
    if (permission === null) return;
    if (!invite) throw new ProtocolError('UNAUTHORIZED', 'Connect with the link you were given for this desk.');
    if (!deskSession) throw new ProtocolError('FORBIDDEN', 'Your link is not one to a desk.');
    if (!may(invite.role, permission)) {
      throw new ProtocolError('FORBIDDEN', WRONG_SIDE[permission] ?? 'Your link does not allow this.');
    }
  }

  refusal(state: SessionState): ProtocolError {
    if (state === 'joined') return new ProtocolError('CONFLICT', 'You are in a room already.');
    return new ProtocolError('NOT_JOINED', 'Join a room first.');
  }

  ended(): void {
    const { connection, peer, deskSession, unjoined } = this.#options;
    unjoined.remove(connection);
    peer.leaveAll();
    deskSession?.leave();
  }

  /** A call ends with its connection and cannot be recovered. */
  lost(): boolean {
    return false;
  }

  recovered(): boolean {
    return false;
  }

  #peerHandlers(): Omit<DirectHandlers, keyof DeskOperations | 'ping'> {
    const { peer } = this.#options;
    const done = (act: () => void) => {
      act();
      this.#count();
      return {};
    };
    const candidate: DirectHandlers['ice_candidate'] = (message) => done(() => peer.candidate(message));
    return {
      join_room: (request) => done(() => peer.join(request)),
      leave_room: ({ roomName }) => done(() => peer.leave(roomName)),
      message: (message) => done(() => peer.sendMessage(message)),
      offer: (message) => done(() => peer.offer(message)),
      answer: (message) => done(() => peer.answer(message)),
      ice_candidate: candidate,
      'ice-candidate': candidate,
    };
  }

  #deskHandlers(): DeskOperations {
    const desk = () => {
      const { deskSession } = this.#options;
      if (!deskSession) throw new ProtocolError('FORBIDDEN', 'Your link is not one to a desk.');
      return deskSession.operations;
    };
    return {
      newOffer: (request) => desk().newOffer(request),
      newAnswer: (request) => desk().newAnswer(request),
      iceToServer: (request) => desk().iceToServer(request),
      getIce: (request) => desk().getIce(request),
      hangUp: (request) => desk().hangUp(request),
    };
  }

  /** @throws {ProtocolError} FORBIDDEN, and the connection ends */
  #requireValid(): void {
    if (this.#options.stillValid()) return;
    this.#options.connection.close();
    throw new ProtocolError('FORBIDDEN', 'Your link is no longer valid. Ask for a new one.');
  }

  /** A connection in no room and at no desk stays for `UNJOINED_SOCKET_MS`. */
  #count(): void {
    const { connection, unjoined } = this.#options;
    if (this.state === 'joined') unjoined.remove(connection);
    else unjoined.add(connection, UNJOINED_SOCKET_MS);
  }
}
