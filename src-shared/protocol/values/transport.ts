import * as v from 'valibot';
import { MAX_RTP_STRING_LENGTH } from '../../limits.ts';
import { Id, Uuid } from './primitives.ts';
import { DtlsParameters, IceCandidate, IceParameters, MediaKind, RtpParameters } from './rtp.ts';

const text = v.pipe(v.string(), v.maxLength(MAX_RTP_STRING_LENGTH));
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** `send`: from the client to the host; `recv`: from the host to the client. */
export const Direction = v.picklist(['send', 'recv']);
export type Direction = v.InferOutput<typeof Direction>;

/** What a client needs to create its side of a transport. */
export const TransportOptions = v.object({
  id: Id,
  iceParameters: IceParameters,
  iceCandidates: v.array(IceCandidate),
  dtlsParameters: DtlsParameters,
  iceServers: v.array(
    v.object({ urls: v.array(text), username: v.exactOptional(text), credential: v.exactOptional(text) }),
  ),
  /** Only for transports made by `prepare`, for the warm-up data channel. */
  sctpParameters: v.exactOptional(
    v.object({
      port: uint32,
      maxSendMessageSize: uint32,
      maxReceiveMessageSize: uint32,
      OS: uint32,
      MIS: uint32,
      maxMessageSize: uint32,
    }),
  ),
});
export type TransportOptions = v.InferOutput<typeof TransportOptions>;

/**
 * A data consumer without data: its negotiation makes a receive transport connect before there is media
 * to receive.
 */
export const WarmUp = v.object({
  id: Id,
  dataProducerId: Id,
  sctpStreamParameters: v.object({ streamId: v.exactOptional(uint32), ordered: v.exactOptional(v.boolean()) }),
  label: text,
  protocol: text,
});
export type WarmUp = v.InferOutput<typeof WarmUp>;

/** The source of a producer. */
export const Source = v.picklist(['microphone', 'camera', 'screen', 'screen-audio']);
export type Source = v.InferOutput<typeof Source>;

/** The kind of media a source is. */
export const KIND_OF_SOURCE: Record<Source, MediaKind> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
};

export const Producer = v.object({
  producerId: Uuid,
  socketId: v.string(),
  userId: Id,
  userName: v.string(),
  kind: MediaKind,
  source: Source,
  paused: v.boolean(),
});
export type Producer = v.InferOutput<typeof Producer>;

export const Consumer = v.object({
  id: Uuid,
  producerId: Uuid,
  kind: MediaKind,
  rtpParameters: RtpParameters,
  type: v.picklist(['simple', 'simulcast', 'svc', 'pipe']),
  producerPaused: v.boolean(),
});
export type Consumer = v.InferOutput<typeof Consumer>;
