import { UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { type InviteContent, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { DeskOperations, DeskSession } from '../desk/desk.ts';
import type { UnjoinedConnections } from '../session/unjoined-connections.ts';
import type { DirectOperations, DirectConnection } from './direct-connection.ts';
import type { Peer } from './peer.ts';

interface DirectSessionOptions {
  readonly connection: DirectConnection;
  readonly peer: Peer;
  /** The invite the client connected with; null: none. */
  readonly invite: InviteContent | null;
  /** Whether that invite is still good. */
  readonly stillValid: () => boolean;
  /** The session at a desk that the invite gives; null: none. */
  readonly deskSession: DeskSession | null;
  readonly unjoined: UnjoinedConnections;
}

/** What one connection may ask for, and what is cleaned up when it ends. */
export class DirectSession {
  readonly operations: DirectOperations;
  readonly #options: DirectSessionOptions;

  constructor(options: DirectSessionOptions) {
    this.#options = options;
    this.operations = { ...this.#peerOperations(), ...this.#deskOperations() };
    this.#count();
  }

  /** The connection has ended. */
  ended(): void {
    const { connection, peer, deskSession, unjoined } = this.#options;
    unjoined.remove(connection);
    peer.leaveAll();
    deskSession?.leave();
  }

  #peerOperations(): Omit<DirectOperations, keyof DeskOperations> {
    const asked = (act: (peer: Peer) => void) => {
      this.#requireValid();
      act(this.#options.peer);
      return {};
    };
    const candidate: DirectOperations['ice_candidate'] = (message) => asked((peer) => peer.candidate(message));
    return {
      join_room: (request) =>
        asked((peer) => {
          peer.join(request);
          this.#count();
        }),
      leave_room: ({ roomName }) =>
        asked((peer) => {
          peer.leave(roomName);
          this.#count();
        }),
      message: (message) => asked((peer) => peer.sendMessage(message)),
      offer: (message) => asked((peer) => peer.offer(message)),
      answer: (message) => asked((peer) => peer.answer(message)),
      ice_candidate: candidate,
      'ice-candidate': candidate,
    };
  }

  #deskOperations(): DeskOperations {
    const desk = () => {
      this.#requireValid();
      const { invite, deskSession } = this.#options;
      if (!invite) throw new ProtocolError('UNAUTHORIZED', 'Connect with the link you were given for this desk.');
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

  /** An invite that is no longer valid gives nothing. @throws {ProtocolError} FORBIDDEN, and the connection ends */
  #requireValid(): void {
    if (this.#options.stillValid()) return;
    this.#options.connection.close();
    throw new ProtocolError('FORBIDDEN', 'Your link is no longer valid. Ask for a new one.');
  }

  /** A connection in no room and at no desk stays for `UNJOINED_SOCKET_MS`. */
  #count(): void {
    const { connection, peer, deskSession, unjoined } = this.#options;
    if (peer.joined || deskSession) unjoined.remove(connection);
    else unjoined.add(connection, UNJOINED_SOCKET_MS);
  }
}
