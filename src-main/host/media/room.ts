import type { RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints, MediaPeerListener, MediaRoom } from '../meeting/ports.ts';
import { Peer } from './peer.ts';
import { RoomPart, type RoomPartOptions } from './room-part.ts';

/**
 * The media of one room. Each peer belongs to one of the room's parts, each of which has a router. There
 * is one part today; a room that outgrows a media process gets another here, and nobody else notices.
 */
export class Room implements MediaRoom {
  readonly #part: RoomPart;
  readonly #peers = new Set<Peer>();

  private constructor(part: RoomPart) {
    this.#part = part;
  }

  /** @throws {ProtocolError} MEDIA_RESTARTING */
  static async open(options: RoomPartOptions): Promise<Room> {
    return new Room(await RoomPart.open(options));
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#part.rtpCapabilities;
  }

  openPeer(listener: MediaPeerListener, endpoints: ConnectionEndpoints): Peer {
    const peer: Peer = new Peer({ room: this.#part, listener, endpoints, onClose: () => this.#peers.delete(peer) });
    this.#peers.add(peer);
    return peer;
  }

  /** Idempotent. */
  close(): void {
    // First, so that the end of the router is not told as the end of each producer.
    for (const peer of this.#peers) peer.close();
    this.#part.close();
  }
}
