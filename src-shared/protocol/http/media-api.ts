/**
 * The HTTP media API (docs/http-api.md) as one table. Routing, the handlers' types and the OpenAPI document
 * are derived from it. Input comes as a JSON body (POST) or as the query (GET).
 */
import * as v from 'valibot';
import { Failure } from '../errors.ts';
import { EXAMPLE_CAPABILITIES, EXAMPLE_DTLS, EXAMPLE_ID, EXAMPLE_OPUS } from './media-examples.ts';
import { MEDIA_PATH, MediaProducer, MediaType, Place, UnnamedProducer } from './media-events.ts';
import { Id, Passcode, RoomId, RoomName, Timestamp, Token, UserName, Uuid } from '../values/primitives.ts';
import { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters } from '../values/rtp.ts';

export const MEDIA_API = `${MEDIA_PATH}/rooms`;

const nothing = v.object({});

interface MediaCall<Input extends v.GenericSchema, Result extends v.GenericSchema, Bearer extends boolean> {
  readonly method: 'GET' | 'POST';
  /** Whether it needs the attendee's token. */
  readonly bearer: Bearer;
  readonly input: Input;
  readonly result: Result;
  readonly summary: string;
  /** A valid input; its ids are placeholders for ids of earlier answers. */
  readonly example: v.InferInput<Input>;
}

const call = <const Input extends v.GenericSchema, const Result extends v.GenericSchema, const Bearer extends boolean>(
  entry: MediaCall<Input, Result, Bearer>,
) => entry;

export const mediaApi = {
  createRoom: call({
    method: 'POST',
    bearer: false,
    input: v.object({ name: RoomName, room: v.optional(RoomId) }),
    result: v.object({ room: RoomId }),
    summary:
      'Make a room, under an id of your choice or a new one. CONFLICT: there is, or was, a room of that id. FULL: no media process has space.',
    example: { name: 'Morning round', room: 'ward-7' },
  }),
  exists: call({
    method: 'GET',
    bearer: false,
    input: v.object({ room: RoomId, key: v.optional(Token) }),
    result: v.object({ exists: v.boolean() }),
    summary: 'Whether there is such a room. Where its links have a key: whether this is the key, too.',
    example: { room: 'ward-7' },
  }),
  createAttendee: call({
    method: 'POST',
    bearer: false,
    input: v.object({
      room: RoomId,
      user: UserName,
      /** The room's host token, or an invite. */
      token: v.optional(Token),
      passcode: v.optional(Passcode),
      /** The key of the room's link. */
      key: v.optional(Token),
    }),
    result: Place,
    summary:
      'Get a place in a room, unseen by others until the events are opened with its token; that must be within 30 s. Who has to wait for it gets a token for the events only.',
    example: { room: 'ward-7', user: 'Ada' },
  }),
  connectSender: call({
    method: 'POST',
    bearer: true,
    input: v.object({ dtlsParameters: DtlsParameters }),
    result: nothing,
    summary: 'Connect the transport you send through.',
    example: { dtlsParameters: EXAMPLE_DTLS },
  }),
  connectReceiver: call({
    method: 'POST',
    bearer: true,
    input: v.object({ dtlsParameters: DtlsParameters }),
    result: nothing,
    summary: 'Connect the transport you receive through.',
    example: { dtlsParameters: EXAMPLE_DTLS },
  }),
  createProducer: call({
    method: 'POST',
    bearer: true,
    input: v.object({
      kind: MediaKind,
      type: MediaType,
      rtpParameters: RtpParameters,
      paused: v.optional(v.boolean()),
    }),
    result: v.object({ id: Uuid }),
    summary: 'Send something. Before the events are opened it is kept silent and unseen.',
    example: { kind: 'audio', type: 'microphone', rtpParameters: EXAMPLE_OPUS },
  }),
  producers: call({
    method: 'GET',
    bearer: true,
    input: nothing,
    result: v.object({ producers: v.array(v.union([MediaProducer, UnnamedProducer])) }),
    summary: 'What the others send. Before the events are open it does not say who sends it.',
    example: {},
  }),
  createConsumer: call({
    method: 'POST',
    bearer: true,
    input: v.object({ producerId: Uuid, rtpCapabilities: RtpCapabilities, paused: v.optional(v.boolean()) }),
    result: v.object({
      id: Uuid,
      producerId: Uuid,
      kind: MediaKind,
      type: MediaType,
      rtpParameters: RtpParameters,
      paused: v.boolean(),
    }),
    summary:
      'Receive what somebody sends. It flows at once, unless `paused` is true; before the events are open it is made paused and begins with them.',
    example: { producerId: EXAMPLE_ID, rtpCapabilities: EXAMPLE_CAPABILITIES, paused: true },
  }),
  resumeConsumer: call({
    method: 'POST',
    bearer: true,
    input: v.object({ id: Uuid }),
    result: nothing,
    summary: 'Let flow what was made paused.',
    example: { id: EXAMPLE_ID },
  }),
  attendees: call({
    method: 'GET',
    bearer: true,
    input: nothing,
    result: v.object({ attendees: v.array(v.object({ user: UserName, userId: Id, joinedAt: Timestamp })) }),
    summary:
      'Who is in the room, by whatever way they came, in the order they did. NOT_JOINED before the events are open.',
    example: {},
  }),
  leave: call({
    method: 'POST',
    bearer: true,
    input: nothing,
    result: nothing,
    summary: 'Leave at once; the token is of no more use.',
    example: {},
  }),
} as const;

export type MediaApi = typeof mediaApi;
export type MediaCallName = keyof MediaApi;
export type MediaInput<Name extends MediaCallName> = v.InferOutput<MediaApi[Name]['input']>;
export type MediaResult<Name extends MediaCallName> = v.InferOutput<MediaApi[Name]['result']>;

type NamesWhere<Bearer extends boolean> = {
  [Name in MediaCallName]: MediaApi[Name]['bearer'] extends Bearer ? Name : never;
}[MediaCallName];
/** The calls that need no token. */
export type OpenCallName = NamesWhere<false>;
/** The calls of an attendee. */
export type AttendeeCallName = NamesWhere<true>;

/** The envelopes of this API's answers. */
export const MediaSuccess = <const Result extends v.GenericSchema>(result: Result) =>
  v.object({ status: v.literal('success'), result });
/** The answer of `createAttendee` with status 202: the lobby sees them once the events are open. */
export const MediaWaiting = v.object({ status: v.literal('waiting'), result: v.object({ token: Token }) });
export const MediaFailure = v.object({ status: v.literal('failed'), error: Failure });
