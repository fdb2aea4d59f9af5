/**
 * What the meeting's rules need of the world outside. `media/` implements `Media`; tests may hand in
 * a clock of their own. Ids are mediasoup's. A method that names a transport, producer or consumer
 * that is not the peer's own rejects with `ProtocolError` NOT_FOUND; one that is called while the
 * media process is being replaced rejects with MEDIA_RESTARTING. Every `close()` is idempotent.
 */
import type {
  Consumer,
  Direction,
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  Source,
  TransportOptions,
  WarmUp,
} from '../../../src-shared/protocol/index.ts';

export interface Media {
  /** A router on the worker with the most room left. @throws {ProtocolError} FULL */
  openRoom(listener: MediaRoomListener): Promise<MediaRoom>;
}

export interface MediaRoom {
  readonly routerRtpCapabilities: RtpCapabilities;
  /**
   * One person's transports, producers and consumers.
   *
   * @param options.remoteAddress where the person connects from: only someone on this very machine
   * is told loopback addresses.
   */
  openPeer(listener: MediaPeerListener, options: { remoteAddress: string }): MediaPeer;
  close(): void;
}

export interface MediaRoomListener {
  /** Who speaks now, by their microphone's producer; null: nobody. */
  activeSpeaker(producerId: string | null): void;
  /** Loudness of those who can be heard, in dBov (0 to -127). */
  audioLevels(levels: { producerId: string; dBov: number }[]): void;
  /**
   * The process that carried this room's media died and another has taken its place: all peers'
   * transports, producers and consumers are gone, the room and its peers stay usable.
   */
  restarted(): void;
  /** As `restarted`, but this room cannot live on the new process: it is of no more use. */
  failed(): void;
}

export interface MediaPeer {
  /** Closes an earlier transport of this direction with all its media. `data`: with SCTP, for `warmUp`. */
  createTransport(direction: Direction, options?: { data?: boolean }): Promise<TransportOptions>;
  connectTransport(direction: Direction, dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(transportId: string): Promise<IceParameters>;
  /** The warm-up data consumer, on a receive transport made with `data`. */
  warmUp(): Promise<WarmUp>;
  /** Resolves with the producer's id. @throws {ProtocolError} LIMIT, CONFLICT (id in use), BAD_REQUEST */
  produce(options: ProduceOptions): Promise<string>;
  pauseProducer(producerId: string): Promise<void>;
  resumeProducer(producerId: string): Promise<void>;
  closeProducer(producerId: string): void;
  /**
   * A paused consumer of a producer of the same room, on the receive transport.
   *
   * @throws {ProtocolError} NOT_FOUND, CONFLICT (already consumed), CANNOT_CONSUME, LIMIT
   */
  consume(producerId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer>;
  resumeConsumer(consumerId: string): Promise<void>;
  pauseConsumer(consumerId: string): Promise<void>;
  setPreferredLayers(
    consumerId: string,
    layers: { spatialLayer: number; temporalLayer?: number | undefined },
  ): Promise<void>;
  close(): void;
}

export interface ProduceOptions {
  kind: MediaKind;
  source: Source;
  rtpParameters: RtpParameters;
  paused: boolean;
  /** The id the client chose. */
  producerId?: string | undefined;
}

export interface MediaPeerListener {
  /** A producer of this peer ended with its transport (not by `closeProducer`, not by `close`). */
  producerClosed(producerId: string): void;
  /** The highest spatial layer any consumer of this peer's producer shows; -1: nobody watches. */
  producerLayersWanted(producerId: string, spatialLayer: number): void;
  /** What a simulcast consumer of this peer now receives; null: nothing. */
  consumerLayersChanged(consumerId: string, layers: { spatialLayer: number; temporalLayer: number } | null): void;
}

/** Time, so that tests can hold it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once, `ms` from now, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}
