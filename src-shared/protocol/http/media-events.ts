/** The messages of the events WebSocket of the HTTP media API (docs/http-api.md), one JSON object each. */
import * as v from 'valibot';
import { Failure } from '../errors.ts';
import { Id, Token, Uuid } from '../values/primitives.ts';
import { MediaKind, RtpCapabilities } from '../values/rtp.ts';
import { TransportOptions } from '../values/transport.ts';

/** All answers under this path use the envelopes of this API. */
export const MEDIA_PATH = '/api/media';
export const MEDIA_EVENTS = `${MEDIA_PATH}/events`;

/** The source of a producer, as this API names it. */
export const MediaType = v.picklist(['microphone', 'camera', 'screen', 'screenAudio']);
export type MediaType = v.InferOutput<typeof MediaType>;

export const MediaProducer = v.object({
  user: v.string(),
  userId: Id,
  type: MediaType,
  kind: MediaKind,
  id: Uuid,
  paused: v.boolean(),
});
export type MediaProducer = v.InferOutput<typeof MediaProducer>;

/** A producer as somebody may know it who is not visible to the others yet. */
export const UnnamedProducer = v.pick(MediaProducer, ['id', 'kind', 'type']);
export type UnnamedProducer = v.InferOutput<typeof UnnamedProducer>;

/** What an attendee needs to send and receive. */
export const Place = v.object({
  token: Token,
  userId: Id,
  routerRtpCapabilities: RtpCapabilities,
  sendTransport: TransportOptions,
  recvTransport: TransportOptions,
});

/** Two people can have the same name; their userIds differ. */
const person = { user: v.string(), userId: Id };
const producer = { ...person, type: MediaType, id: Uuid };

/** Host → attendee. */
export const MediaEvent = v.variant('event', [
  /** Someone has joined, with the producers they already have; no `producerAdded` follows for these. */
  v.object({ event: v.literal('userJoined'), ...person, producers: v.array(MediaProducer) }),
  v.object({ event: v.literal('userLeft'), ...person }),
  v.object({ event: v.literal('producerAdded'), ...MediaProducer.entries }),
  /** This and the next two are also sent for one's own producers. */
  v.object({ event: v.literal('producerRemoved'), ...producer }),
  v.object({ event: v.literal('producerPaused'), ...producer }),
  v.object({ event: v.literal('producerResumed'), ...producer }),
  /** The attendee is in the lobby: whether anybody who may admit is in the meeting. */
  v.object({ event: v.literal('waiting'), hostPresent: v.boolean() }),
  /** The attendee was in the lobby, and is in the meeting: what `createAttendee` would have answered. */
  v.object({ event: v.literal('admitted'), ...Place.entries }),
  /** The attendee was in the lobby, and is not let in; the socket is closed. */
  v.object({ event: v.literal('denied'), reason: v.string() }),
  /** The attendee's microphone or camera was paused, or their screen share ended. */
  v.object({ event: v.literal('mutedByHost'), type: MediaType }),
  /** Somebody asks the attendee to turn the microphone on: it may be resumed. */
  v.object({ event: v.literal('unmuteAsked') }),
  /** A message was not valid or cannot be carried out; or the room cannot be joined, and the socket is closed. */
  v.object({ event: v.literal('error'), error: Failure }),
]);
export type MediaEvent = v.InferOutput<typeof MediaEvent>;

/** Attendee → host, about the attendee's own producers. */
export const MediaMessage = v.object({
  event: v.picklist(['producerRemoved', 'producerPaused', 'producerResumed']),
  id: Uuid,
});
export type MediaMessage = v.InferOutput<typeof MediaMessage>;

/** The close codes with which the host closes an events socket (RFC 6455, 7.4). The reason is a sentence. */
export const EVENTS_CLOSED = {
  /** The attendee left or was removed, or the meeting has ended. */
  over: 1000,
  /** The attendee may not join, or does not read its messages. */
  refused: 1008,
  /** The host's media was restarted and all transports are gone: begin again with `createAttendee`. */
  mediaRestarted: 1012,
  /** The same attendee has opened another events socket. */
  replaced: 4000,
} as const;
