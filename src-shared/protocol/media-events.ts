/** What goes over the events WebSocket of the HTTP media API (docs/http-api.md), one JSON object per message. */
import * as v from 'valibot';
import { Failure } from './errors.ts';
import { Id, Uuid } from './primitives.ts';
import { MediaKind } from './rtp.ts';

/** Everything under it is answered in the envelopes of this API. */
export const MEDIA_PATH = '/api/media';
export const MEDIA_EVENTS = `${MEDIA_PATH}/events`;

/** What a producer shows or plays, as this API calls it. */
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

/** Two people may bear one name; their userIds differ. */
const person = { user: v.string(), userId: Id };
const producer = { ...person, type: MediaType, id: Uuid };

/** Host → attendee. */
export const MediaEvent = v.variant('event', [
  /** Someone has come in, with what they send already; of that no `producerAdded` follows. */
  v.object({ event: v.literal('userJoined'), ...person, producers: v.array(MediaProducer) }),
  v.object({ event: v.literal('userLeft'), ...person }),
  v.object({ event: v.literal('producerAdded'), ...MediaProducer.entries }),
  /** This and the next two are told of one's own producers too. */
  v.object({ event: v.literal('producerRemoved'), ...producer }),
  v.object({ event: v.literal('producerPaused'), ...producer }),
  v.object({ event: v.literal('producerResumed'), ...producer }),
  /** A message was not understood or cannot be done; or the room cannot be joined, then the socket is closed. */
  v.object({ event: v.literal('error'), error: Failure }),
]);
export type MediaEvent = v.InferOutput<typeof MediaEvent>;

/** Attendee → host, of producers of their own. */
export const MediaMessage = v.object({
  event: v.picklist(['producerRemoved', 'producerPaused', 'producerResumed']),
  id: Uuid,
});
export type MediaMessage = v.InferOutput<typeof MediaMessage>;

/** Why the host closes an events socket, as its close code says (RFC 6455, 7.4). The reason is a sentence. */
export const EVENTS_CLOSED = {
  /** The attendee is in no more: they left or were removed, or the meeting has ended. */
  over: 1000,
  /** The attendee may not join, or does not read what they are told. */
  refused: 1008,
  /** The host's media started anew and all transports are gone: begin again with `createAttendee`. */
  mediaRestarted: 1012,
  /** The same attendee has opened another. */
  replaced: 4000,
} as const;
