import type { RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints, MediaRoom } from '../meeting/ports.ts';
import { MediasoupParticipant } from './mediasoup-participant.ts';
import { RoomPart, type RoomPartOptions } from './room-part.ts';

/**
 * The media of one room. Each participant belongs to one of the room's parts, each of which has a router. There
 * is one part today; a room that outgrows a media process gets another here, and nobody else notices.
 */
export class MediasoupRoom implements MediaRoom {
  readonly #part: RoomPart;
  readonly #participants = new Set<MediasoupParticipant>();

  private constructor(part: RoomPart) {
    this.#part = part;
  }

  /** @throws {ProtocolError} MEDIA_RESTARTING */
  static async open(options: RoomPartOptions): Promise<MediasoupRoom> {
    return new MediasoupRoom(await RoomPart.open(options));
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#part.rtpCapabilities;
  }

  openParticipant(endpoints: ConnectionEndpoints): MediasoupParticipant {
    const participant: MediasoupParticipant = new MediasoupParticipant({
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
