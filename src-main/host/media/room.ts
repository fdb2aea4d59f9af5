import type { RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints, MediaRoom } from '../meeting/ports.ts';
import { Participant } from './participant.ts';
import { RoomPart, type RoomPartOptions } from './room-part.ts';

/**
 * The media of one room. Each participant belongs to one of the room's parts, each of which has a router. There
 * is one part today; a room that outgrows a media process gets another here, and nobody else notices.
 */
export class Room implements MediaRoom {
  readonly #part: RoomPart;
  readonly #participants = new Set<Participant>();

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

  openParticipant(endpoints: ConnectionEndpoints): Participant {
    const participant: Participant = new Participant({
      room: this.#part,
      endpoints,
      onClose: () => this.#participants.delete(participant),
    });
    this.#participants.add(participant);
    return participant;
  }

  /** Idempotent. */
  close(): void {
    // First, so that the end of the router is not told as the end of each producer.
    for (const participant of this.#participants) participant.close();
    this.#part.close();
  }
}
