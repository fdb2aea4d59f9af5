import { MAX_PEER_ROOMS, MAX_PEER_ROOMS_PER_ADDRESS, MAX_PEERS_PER_ROOM } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { AddressKey } from '../ports.ts';
import type { DirectEvent, DirectConnection } from '../connection/direct-connection.ts';

/** A peer in a room, with the name it joined with. */
export interface PeerMembership {
  readonly room: PeerRoom;
  readonly connection: DirectConnection;
  readonly personName: string;
}

/** People who call each other. */
class PeerRoom {
  readonly name: string;
  /** The key of the address it was opened from. */
  readonly openedFrom: string;
  readonly #members = new Map<string, PeerMembership>();

  constructor(name: string, openedFrom: string) {
    this.name = name;
    this.openedFrom = openedFrom;
  }

  get size(): number {
    return this.#members.size;
  }

  find(socketId: string): DirectConnection | undefined {
    return this.#members.get(socketId)?.connection;
  }

  add(connection: DirectConnection, personName: string): PeerMembership {
    const member: PeerMembership = { room: this, connection, personName };
    this.#members.set(connection.id, member);
    this.notify('user_joined', { personName, roomName: this.name, socketId: connection.id });
    return member;
  }

  remove({ connection, personName }: PeerMembership): void {
    this.#members.delete(connection.id);
    this.notify('user_left', { personName, roomName: this.name, socketId: connection.id });
  }

  notify(...event: DirectEvent): void {
    for (const { connection } of this.#members.values()) connection.notify(...event);
  }
}

/** The rooms for calls from peer to peer. They are separate from meetings; each exists while somebody is in it. */
export class PeerRooms {
  readonly #addressKey: AddressKey;
  readonly #byName = new Map<string, PeerRoom>();

  constructor(addressKey: AddressKey) {
    this.#addressKey = addressKey;
  }

  /**
   * Everyone in the room is informed, the new peer too.
   *
   * @throws {ProtocolError} FULL: the room, or the host; LIMIT: too many are open from this address
   */
  enter(connection: DirectConnection, roomName: string, personName: string): PeerMembership {
    const room = this.#byName.get(roomName) ?? this.#open(roomName, this.#addressKey(connection.remoteAddress));
    if (room.size >= MAX_PEERS_PER_ROOM) {
      throw new ProtocolError('FULL', `The room is full: it has room for ${MAX_PEERS_PER_ROOM} people.`);
    }
    return room.add(connection, personName);
  }

  /** The others are informed. */
  leave(member: PeerMembership): void {
    const { room } = member;
    room.remove(member);
    if (room.size === 0) this.#byName.delete(room.name);
  }

  #open(roomName: string, openedFrom: string): PeerRoom {
    if (this.#byName.size >= MAX_PEER_ROOMS) {
      throw new ProtocolError('FULL', 'This host has as many rooms as it can. Try again when one has emptied.');
    }
    let count = 0;
    for (const room of this.#byName.values()) if (room.openedFrom === openedFrom) count++;
    if (count >= MAX_PEER_ROOMS_PER_ADDRESS) {
      throw new ProtocolError('LIMIT', 'Too many rooms are open from your address. Leave one first.');
    }
    const room = new PeerRoom(roomName, openedFrom);
    this.#byName.set(roomName, room);
    return room;
  }
}
