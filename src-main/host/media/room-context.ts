import type { types } from 'mediasoup';
import type { RtpCapabilities } from '../../../src-shared/protocol/index.ts';
import type { Clock } from '../meeting/index.ts';
import type { RoomProducer } from './rtp/room-producer.ts';
import type { Servers } from './workers/webrtc-servers.ts';
import type { Speakers } from './speakers.ts';

/** A room's part of one media process. */
export interface RoomRouter {
  readonly router: types.Router;
  readonly servers: Servers;
  readonly speakers: Speakers;
  /** The data producer behind every warm-up: it never sends. */
  readonly warmUpId: string;
}

/** What a participant needs of their room: the part of it that carries them. */
export interface RoomContext {
  /** Of everyone in the room, by id. */
  readonly producers: Map<string, RoomProducer>;
  readonly clock: Clock;
  /** The same of every process. */
  readonly rtpCapabilities: RtpCapabilities;
  /** @throws {ProtocolError} MEDIA_RESTARTING between two processes, NOT_FOUND when the room is closed */
  readonly current: RoomRouter;
  /** @throws {ProtocolError} as `current` */
  requireProcess(): void;
  /** Reserves a producer's id until `releaseId`. @throws {ProtocolError} CONFLICT */
  claimId(producerId: string): void;
  releaseId(producerId: string): void;
}
