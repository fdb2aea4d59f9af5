import { UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { type InviteContent, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { DeskOperations, Place } from '../desk/desk.ts';
import type { Unjoined } from '../unjoined.ts';
import type { DirectOperations, Line } from './line.ts';
import type { Peer } from './peer.ts';

interface CallerOptions {
  readonly line: Line;
  readonly peer: Peer;
  /** What the line came with; null: nothing. */
  readonly invite: InviteContent | null;
  /** Whether that invite is still good. */
  readonly stillValid: () => boolean;
  /** The place it gives at a desk; null: none. */
  readonly place: Place | null;
  readonly unjoined: Unjoined;
}

/** What one line may ask for, and what becomes of it when it ends. */
export class Caller {
  readonly operations: DirectOperations;
  readonly #options: CallerOptions;

  constructor(options: CallerOptions) {
    this.#options = options;
    this.operations = { ...this.#peerOperations(), ...this.#deskOperations() };
    this.#count();
  }

  /** The line has ended. */
  left(): void {
    const { line, peer, place, unjoined } = this.#options;
    unjoined.remove(line);
    peer.leaveAll();
    place?.leave();
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
      message: (message) => asked((peer) => peer.say(message)),
      offer: (message) => asked((peer) => peer.offer(message)),
      answer: (message) => asked((peer) => peer.answer(message)),
      ice_candidate: candidate,
      'ice-candidate': candidate,
    };
  }

  #deskOperations(): DeskOperations {
    const desk = () => {
      this.#requireValid();
      const { invite, place } = this.#options;
      if (!invite) throw new ProtocolError('UNAUTHORIZED', 'Connect with the link you were given for this desk.');
      if (!place) throw new ProtocolError('FORBIDDEN', 'Your link is not one to a desk.');
      return place.operations;
    };
    return {
      newOffer: (request) => desk().newOffer(request),
      newAnswer: (request) => desk().newAnswer(request),
      iceToServer: (request) => desk().iceToServer(request),
      getIce: (request) => desk().getIce(request),
      hangUp: (request) => desk().hangUp(request),
    };
  }

  /** What the invite gave ends with it. @throws {ProtocolError} FORBIDDEN, and the line ends */
  #requireValid(): void {
    if (this.#options.stillValid()) return;
    this.#options.line.close();
    throw new ProtocolError('FORBIDDEN', 'Your link is no longer valid. Ask for a new one.');
  }

  /** Lines that are nowhere stay for a while only. */
  #count(): void {
    const { line, peer, place, unjoined } = this.#options;
    if (peer.joined || place) unjoined.remove(line);
    else unjoined.add(line, UNJOINED_SOCKET_MS);
  }
}
