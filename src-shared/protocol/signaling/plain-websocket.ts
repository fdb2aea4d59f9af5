/**
 * The contract of the plain WebSocket at `/ws`: one schema per message. Messages of a client have `action`,
 * those of the host `type`. An answer repeats the `requestId` of its request.
 */
import * as v from 'valibot';
import { MAX_ID_LENGTH } from '../../limits.ts';
import { Failure } from '../errors.ts';
import { Id, Passcode, RoomId, Token, UserName, Uuid } from '../values/primitives.ts';
import { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters } from '../values/rtp.ts';
import { Direction, Producer, Source, TransportOptions } from '../values/transport.ts';

export const WEBSOCKET_PATH = '/ws';

export const RequestId = v.union([
  v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH, `must be at most ${MAX_ID_LENGTH} characters long`)),
  v.pipe(v.number(), v.finite()),
]);
export type RequestId = v.InferOutput<typeof RequestId>;

const requestId = v.optional(RequestId);

// Lets the bundler leave this out of a page that does not use it.
// @__NO_SIDE_EFFECTS__
function asked<const Action extends string, const Entries extends v.ObjectEntries>(action: Action, entries: Entries) {
  return v.object({ ...entries, action: v.literal(action), requestId });
}

// @__NO_SIDE_EFFECTS__
function told<const Type extends string, const Entries extends v.ObjectEntries>(type: Type, entries: Entries) {
  return v.object({ ...entries, type: v.literal(type), requestId });
}

/** Somebody else's producer, in the form of this protocol. */
export const PlainProducer = v.pick(Producer, ['producerId', 'userId', 'userName', 'kind', 'source']);
export type PlainProducer = v.InferOutput<typeof PlainProducer>;

const joined = {
  rtpCapabilities: RtpCapabilities,
  roomId: RoomId,
  userId: Id,
  sessionToken: Token,
  producers: v.array(PlainProducer),
};

/** Client → host: each action's message and its answer. */
export const plainRequests = {
  join: {
    payload: asked('join', {
      roomId: RoomId,
      userName: UserName,
      userId: v.optional(Id),
      token: v.optional(Token),
      passcode: v.optional(Passcode),
      /** The key of the room's link. */
      key: v.optional(Token),
      sessionToken: v.optional(Token),
    }),
    answer: told('rtpCapabilities', joined),
  },
  createWebRtcTransport: {
    payload: asked('createWebRtcTransport', { direction: Direction }),
    answer: v.variant('type', [
      told('producerTransport', { producerTransport: TransportOptions }),
      told('consumerTransport', { consumerTransport: TransportOptions }),
    ]),
  },
  connectTransport: {
    payload: asked('connectTransport', {
      role: v.picklist(['producer', 'consumer']),
      transportId: Uuid,
      dtlsParameters: DtlsParameters,
    }),
    answer: told('transportConnected', { transportId: Uuid }),
  },
  produce: {
    payload: asked('produce', {
      transportId: Uuid,
      kind: MediaKind,
      rtpParameters: RtpParameters,
      source: v.optional(Source),
    }),
    answer: told('produced', { producerId: Uuid }),
  },
  consume: {
    payload: asked('consume', { producerId: Uuid, rtpCapabilities: RtpCapabilities }),
    /** The consumer is paused until `resume`. */
    answer: told('consumed', { id: Uuid, producerId: Uuid, kind: MediaKind, rtpParameters: RtpParameters }),
  },
  resume: {
    payload: asked('resume', { consumerId: Uuid }),
    answer: told('resumed', { consumerId: Uuid }),
  },
  pauseProducer: {
    payload: asked('pauseProducer', { producerId: Uuid }),
    answer: told('producerPaused', { producerId: Uuid }),
  },
  resumeProducer: {
    payload: asked('resumeProducer', { producerId: Uuid }),
    answer: told('producerResumed', { producerId: Uuid }),
  },
  closeProducer: {
    payload: asked('closeProducer', { producerId: Uuid }),
    answer: told('closed', { producerId: Uuid }),
  },
} as const;

/** Host → client, unasked. */
export const plainEvents = {
  newProducer: v.object({ ...PlainProducer.entries, type: v.literal('newProducer') }),
  producerClosed: v.object({ type: v.literal('producerClosed'), producerId: Uuid }),
  /** All transports, producers and consumers are gone; create them again. */
  mediaRestarted: v.object({ type: v.literal('mediaRestarted') }),
  /** To somebody in the lobby: whether anybody who may admit is in the meeting. */
  waiting: v.object({ type: v.literal('waiting'), hostPresent: v.boolean() }),
  /** To somebody in the lobby: they are in the meeting. The fields of the answer of `join`. */
  admitted: v.object({ ...joined, type: v.literal('admitted') }),
  /** To somebody in the lobby: they wait no more, and may ask again. */
  denied: v.object({ type: v.literal('denied'), reason: v.string() }),
  /** To whom it happened: their microphone or camera was paused, or their screen share ended. */
  mutedByHost: v.object({ type: v.literal('mutedByHost'), source: Source }),
  /** The microphone may be resumed. */
  unmuteAsked: v.object({ type: v.literal('unmuteAsked') }),
  /** The host ends the connection for good. */
  closed: v.object({ type: v.literal('closed'), reason: v.string() }),
} as const;

/** The answer to a request that failed; `action` is null where the message has none that can be read. */
export const PlainFailure = told('error', {
  action: v.nullable(v.string()),
  ...Failure.entries,
});
export type PlainFailure = v.InferOutput<typeof PlainFailure>;

export type PlainRequests = typeof plainRequests;
export type PlainRequestName = keyof PlainRequests;
export type PlainPayload<Name extends PlainRequestName> = v.InferOutput<PlainRequests[Name]['payload']>;
export type PlainAnswer<Name extends PlainRequestName> = v.InferOutput<PlainRequests[Name]['answer']>;
export type PlainEvent = v.InferOutput<(typeof plainEvents)[keyof typeof plainEvents]>;
