import { MAX_PEER_ROOMS_PER_SOCKET } from '../../../../src-shared/limits.ts';
import { type DirectPayload, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Clock } from '../ports.ts';
import type { DirectConnection } from '../connection/direct-connection.ts';
import type { PeerMembership, PeerRooms } from './peer-rooms.ts';

/** One connection in its peer rooms: sends its events to the rooms, and relays its messages to other peers. */
export class Peer {
  readonly #connection: DirectConnection;
  readonly #rooms: PeerRooms;
  readonly #clock: Clock;
  /** By the room's name. */
  readonly #memberships = new Map<string, PeerMembership>();

  constructor(connection: DirectConnection, { rooms, clock }: { rooms: PeerRooms; clock: Clock }) {
    this.#connection = connection;
    this.#rooms = rooms;
    this.#clock = clock;
  }

  /** Whether it is in any room. */
  get joined(): boolean {
    return this.#memberships.size > 0;
  }

  /** @throws {ProtocolError} CONFLICT, LIMIT, FULL */
  join({ roomName, personName }: DirectPayload<'join_room'>): void {
    if (this.#memberships.has(roomName)) throw new ProtocolError('CONFLICT', 'You are in this room already.');
    if (this.#memberships.size >= MAX_PEER_ROOMS_PER_SOCKET) {
      throw new ProtocolError('LIMIT', `You are in ${MAX_PEER_ROOMS_PER_SOCKET} rooms already; leave one first.`);
    }
    this.#memberships.set(roomName, this.#rooms.enter(this.#connection, roomName, personName));
  }

  /** @throws {ProtocolError} NOT_JOINED */
  leave(roomName: string): void {
    const member = this.#member(roomName);
    this.#memberships.delete(roomName);
    this.#rooms.leave(member);
  }

  leaveAll(): void {
    for (const roomName of this.#memberships.keys()) this.leave(roomName);
  }

  /** Sends to the whole room, with the name that the peer joined with. @throws {ProtocolError} NOT_JOINED */
  sendMessage({ roomName, content }: DirectPayload<'message'>): void {
    const { room, personName } = this.#member(roomName);
    room.notify('message', { personName, content, timestamp: new Date(this.#clock.now()).toUTCString() });
  }

  /** @throws {ProtocolError} NOT_JOINED, NOT_FOUND */
  offer(message: DirectPayload<'offer'>): void {
    this.#peer(message.toPeer).notify('offer', this.#signed(message));
  }

  /** @throws {ProtocolError} NOT_JOINED, NOT_FOUND */
  answer(message: DirectPayload<'answer'>): void {
    this.#peer(message.toPeer).notify('answer', this.#signed(message));
  }

  /** Under both names in use: adding a candidate twice is harmless. @throws {ProtocolError} NOT_JOINED, NOT_FOUND */
  candidate(message: DirectPayload<'ice_candidate'>): void {
    const peer = this.#peer(message.toPeer);
    peer.notify('ice_candidate', this.#signed(message));
    peer.notify('ice-candidate', this.#signed(message));
  }

  #signed<Message extends object>(message: Message): Message & { fromPeer: string } {
    return { ...message, fromPeer: this.#connection.id };
  }

  #member(roomName: string): PeerMembership {
    const member = this.#memberships.get(roomName);
    if (!member) throw new ProtocolError('NOT_JOINED', 'Join this room first.');
    return member;
  }

  /** Another peer in one of its rooms. */
  #peer(socketId: string): DirectConnection {
    if (!this.joined) throw new ProtocolError('NOT_JOINED', 'Join a room first.');
    const found = this.#memberships
      .values()
      .map(({ room }) => room.find(socketId))
      .find((connection) => connection !== undefined);
    if (!found || found === this.#connection) {
      throw new ProtocolError('NOT_FOUND', 'Nobody else in your rooms has that id. They may have left.');
    }
    return found;
  }
}
