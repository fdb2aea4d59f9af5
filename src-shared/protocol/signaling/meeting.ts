/**
 * The contract of the Socket.IO namespace `/mediasoup`: one schema per message. Host and page derive
 * their handler types from it, so that a missing handler does not compile.
 */
import * as v from 'valibot';
import { MAX_CONSUMERS_PER_PARTICIPANT } from '../../limits.ts';
import type { Failure } from '../errors.ts';
import { ChatText, Id, Passcode, Reaction, RoomId, Token, UserName, Uuid } from '../values/primitives.ts';
import { ChatMessage, Participant, Role, Room } from '../values/room.ts';
import { DtlsParameters, IceParameters, MediaKind, RtpCapabilities, RtpParameters } from '../values/rtp.ts';
import { Consumer, Producer, Source, TransportOptions, WarmUp } from '../values/transport.ts';
import { moderationEvents, moderationRequests } from './moderation.ts';

export const NAMESPACE = '/mediasoup';
export const PROTOCOL_VERSION = 1;

const nothing = v.object({});
const spatialLayer = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7));
const consumerId = v.object({ consumerId: Uuid });
/** Several consumers in one request; at most as many as one participant can have. */
const consumerIds = v.object({ consumerIds: v.pipe(v.array(Uuid), v.maxLength(MAX_CONSUMERS_PER_PARTICIPANT)) });
const preferredLayers = v.object({ consumerId: Uuid, spatialLayer, temporalLayer: v.optional(spatialLayer) });
const producerId = v.object({ producerId: Uuid });
/** Which transport is meant; absent: whichever the client has of this direction. */
const transportId = v.optional(Uuid);

/** The `auth` of a Socket.IO connection. */
export const SocketAuth = v.object({ token: v.optional(Token) });

/** What a client shows to be let into a room. */
const credentials = {
  /** The room's host token, or an invite. */
  token: v.optional(Token),
  passcode: v.optional(Passcode),
  /** The key of the room's link. */
  key: v.optional(Token),
  /** Of the membership that this person had here before. */
  sessionToken: v.optional(Token),
};

const joined = v.object({
  room: Room,
  userId: Id,
  role: Role,
  isHost: v.boolean(),
  sessionToken: Token,
  participants: v.array(Participant),
  producers: v.array(Producer),
  messages: v.array(ChatMessage),
  routerRtpCapabilities: v.optional(RtpCapabilities),
  sendTransport: v.optional(TransportOptions),
  recvTransport: v.optional(TransportOptions),
  consumers: v.optional(v.array(Consumer)),
});

/** Client → server: each event's payload and the fields of its successful answer. */
export const requests = {
  joinRoom: {
    payload: v.object({
      roomId: RoomId,
      userName: UserName,
      userId: v.optional(Id),
      ...credentials,
      rtpCapabilities: v.optional(RtpCapabilities),
      /** Creates both transports and the consumers for everyone in this one round trip. */
      transports: v.optional(v.boolean()),
    }),
    answer: joined,
  },
  prepare: {
    payload: v.object({ roomId: RoomId, ...credentials, rtpCapabilities: RtpCapabilities }),
    answer: v.object({
      routerRtpCapabilities: RtpCapabilities,
      sendTransport: TransportOptions,
      recvTransport: TransportOptions,
      warmUp: WarmUp,
      consumers: v.array(Consumer),
    }),
  },
  sendMessage: {
    payload: v.object({ roomId: RoomId, message: ChatText, to: v.optional(Id) }),
    answer: v.object({ messageId: Id }),
  },
  getRouterRtpCapabilities: {
    payload: v.object({ roomId: v.optional(RoomId), key: v.optional(Token) }),
    answer: v.object({ rtpCapabilities: RtpCapabilities }),
  },
  createProducerTransport: { payload: nothing, answer: TransportOptions },
  createConsumerTransport: { payload: nothing, answer: TransportOptions },
  connectProducerTransport: { payload: v.object({ dtlsParameters: DtlsParameters, transportId }), answer: nothing },
  connectConsumerTransport: { payload: v.object({ dtlsParameters: DtlsParameters, transportId }), answer: nothing },
  produce: {
    payload: v.object({
      kind: MediaKind,
      rtpParameters: RtpParameters,
      source: v.optional(Source),
      paused: v.optional(v.boolean()),
      /** Chosen by the client, so that it does not wait for the answer. */
      producerId: v.optional(Uuid),
      /** Only while prepared: not announced, and nothing flows until `joinRoom`. */
      held: v.optional(v.boolean()),
      transportId,
    }),
    answer: v.object({ producerId: Uuid }),
  },
  consume: { payload: v.object({ producerId: Uuid, rtpCapabilities: RtpCapabilities }), answer: Consumer },
  consumeAll: {
    payload: v.object({ rtpCapabilities: RtpCapabilities }),
    answer: v.object({ consumers: v.array(Consumer) }),
  },
  resumeConsumer: { payload: consumerId, answer: nothing },
  pauseConsumer: { payload: consumerId, answer: nothing },
  resumeConsumers: { payload: consumerIds, answer: nothing },
  pauseConsumers: { payload: consumerIds, answer: nothing },
  setPreferredLayers: { payload: preferredLayers, answer: nothing },
  /** `setPreferredLayers` for several consumers in one request. */
  setLayers: {
    payload: v.object({ layers: v.pipe(v.array(preferredLayers), v.maxLength(MAX_CONSUMERS_PER_PARTICIPANT)) }),
    answer: nothing,
  },
  pauseProducer: { payload: producerId, answer: nothing },
  resumeProducer: { payload: producerId, answer: nothing },
  closeProducer: { payload: producerId, answer: nothing },
  getProducers: { payload: nothing, answer: v.object({ producers: v.array(Producer) }) },
  restartIce: { payload: v.object({ transportId: Uuid }), answer: v.object({ iceParameters: IceParameters }) },
  raiseHand: { payload: v.object({ raised: v.boolean() }), answer: nothing },
  react: { payload: v.object({ reaction: Reaction }), answer: nothing },
  setName: { payload: v.object({ userName: UserName }), answer: nothing },
  leaveRoom: { payload: nothing, answer: nothing },
  ...moderationRequests,
  /** Does nothing: the answer shows that the connection is alive. */
  ping: { payload: nothing, answer: nothing },
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type Payload<Name extends RequestName> = v.InferOutput<Requests[Name]['payload']>;
export type PayloadInput<Name extends RequestName> = v.InferInput<Requests[Name]['payload']>;
export type Answer<Name extends RequestName> = v.InferOutput<Requests[Name]['answer']>;

/** Server → client: each event's payload. */
export const events = {
  'connection-success': v.object({ socketId: v.string(), protocol: v.number() }),
  'peer-joined': Participant,
  peerLeft: v.object({ socketId: v.string(), userId: Id }),
  participantUpdated: v.object({ participant: Participant }),
  newMessage: ChatMessage,
  newProducer: Producer,
  newConsumer: Consumer,
  producerClosed: producerId,
  producerPaused: producerId,
  producerResumed: producerId,
  /** To the producer's owner: the highest spatial layer that anyone shows; -1: nobody does. */
  producerLayersWanted: v.object({ producerId: Uuid, spatialLayer: v.pipe(v.number(), v.integer(), v.minValue(-1)) }),
  consumerLayersChanged: v.object({
    consumerId: Uuid,
    spatialLayer: v.nullable(spatialLayer),
    temporalLayer: v.nullable(spatialLayer),
  }),
  activeSpeaker: v.object({ userId: v.nullable(Id) }),
  /** Loudness in dBov: 0 is the loudest, -127 silence (RFC 6464). */
  audioLevels: v.object({ levels: v.array(v.object({ producerId: Uuid, dBov: v.number() })) }),
  reaction: v.object({ userId: Id, reaction: Reaction }),
  /** To somebody in the lobby: they are in the meeting. The answer that `joinRoom` would have given. */
  admitted: joined,
  ...moderationEvents,
  removed: v.object({ reason: v.string() }),
  roomClosed: v.object({ reason: v.string() }),
  mediaRestarted: nothing,
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<Name extends EventName> = v.InferOutput<Events[Name]>;

/** The envelope of every answer of this namespace. */
export type Envelope<Name extends RequestName> =
  ({ success: true } & Answer<Name>) | { success: false; error: Failure };

/** Socket.IO's map of the events a client can emit; a payload whose fields are all optional can be left out. */
export type ClientToServer = {
  [Name in RequestName]: (payload: PayloadInput<Name>, answer: (envelope: Envelope<Name>) => void) => void;
};
export type ServerToClient = { [Name in EventName]: (payload: EventPayload<Name>) => void };
