/**
 * The contract of Socket.IO's default namespace: calls from one browser to another. The host relays offers,
 * answers and candidates only. One schema per message, as in meeting.ts.
 */
import * as v from 'valibot';
import {
  MAX_ICE_CANDIDATE_LENGTH,
  MAX_PEER_CANDIDATE_LENGTH,
  MAX_PEER_DESCRIPTION_LENGTH,
  MAX_PEER_MESSAGE_DEPTH,
  MAX_RTP_STRING_LENGTH,
  MAX_SDP_LENGTH,
} from '../../limits.ts';
import { Failure } from '../errors.ts';
import { Appointment } from '../http/invites.ts';
import { ChatText, Id, RoomName, Timestamp, UserName } from '../values/primitives.ts';

export const DIRECT_NAMESPACE = '/';

const nothing = v.object({});
const name = { roomName: RoomName, personName: UserName };
const sdp = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(MAX_SDP_LENGTH, `must be at most ${MAX_SDP_LENGTH} characters long`),
);
const text = v.pipe(v.string(), v.maxLength(MAX_RTP_STRING_LENGTH));

/** An offer as RTCSessionDescriptionInit (W3C WebRTC 1.0, section 4.6). */
export const Offer = v.object({ type: v.literal('offer'), sdp });
export type Offer = v.InferOutput<typeof Offer>;

/** An answer as RTCSessionDescriptionInit. */
export const SdpAnswer = v.object({ type: v.picklist(['answer', 'pranswer']), sdp });
export type SdpAnswer = v.InferOutput<typeof SdpAnswer>;

/** RTCIceCandidateInit (W3C WebRTC 1.0, section 4.8); in the end-of-candidates indication `candidate` is ''. */
export const IceCandidateInit = v.object({
  candidate: v.pipe(
    v.string(),
    v.maxLength(MAX_ICE_CANDIDATE_LENGTH, `must be at most ${MAX_ICE_CANDIDATE_LENGTH} characters long`),
  ),
  sdpMid: v.exactOptional(v.nullable(text)),
  sdpMLineIndex: v.exactOptional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)))),
  usernameFragment: v.exactOptional(v.nullable(text)),
});
export type IceCandidateInit = v.InferOutput<typeof IceCandidateInit>;

/** null: there are no more candidates. */
const candidate = v.nullable(IceCandidateInit);

/**
 * A message that is relayed to one peer: any JSON object, bounded in length and depth. The host reads `toPeer` only,
 * because clients spell the rest differently.
 *
 * @param maxLength of its JSON text
 */
function toPeer(maxLength: number) {
  return v.pipe(
    v.looseObject({ toPeer: Id }),
    // One check, because JSON.stringify must not meet an object that nests deeper than the stack.
    v.check(
      (message) => isJson(message, MAX_PEER_MESSAGE_DEPTH) && JSON.stringify(message).length <= maxLength,
      `must be at most ${maxLength} characters of JSON, nested at most ${MAX_PEER_MESSAGE_DEPTH} deep`,
    ),
  );
}

/** Whether a value is JSON and at most so many objects and arrays deep. Socket.IO also carries binary data. */
function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return plain && Object.values(value).every((part) => isJson(part, depth - 1));
}

const description = { payload: toPeer(MAX_PEER_DESCRIPTION_LENGTH), answer: nothing };
const candidateToPeer = { payload: toPeer(MAX_PEER_CANDIDATE_LENGTH), answer: nothing };
const ofCall = { appointmentId: v.optional(Id) };

/** Client → host: each event's payload and the fields of its successful answer. */
export const directRequests = {
  join_room: { payload: v.object(name), answer: nothing },
  /** The others receive the name that the sender joined with, not `personName`. */
  message: {
    payload: v.object({ roomName: RoomName, personName: v.optional(UserName), content: ChatText }),
    answer: nothing,
  },
  leave_room: { payload: v.object({ roomName: RoomName, personName: v.optional(UserName) }), answer: nothing },
  offer: description,
  answer: description,
  ice_candidate: candidateToPeer,
  'ice-candidate': candidateToPeer,

  newOffer: { payload: v.object({ offer: Offer }), answer: nothing },
  newAnswer: {
    /** `offerId`: the offer that is answered; CONFLICT if the client has made another since. */
    payload: v.object({ answer: SdpAnswer, appointmentId: Id, offerId: v.optional(Id) }),
    answer: nothing,
  },
  iceToServer: { payload: v.object({ candidate, ...ofCall }), answer: nothing },
  getIce: { payload: v.object(ofCall), answer: v.object({ candidates: v.array(IceCandidateInit) }) },
  hangUp: { payload: v.object(ofCall), answer: nothing },
  /** Does nothing: the answer shows that the connection is alive. */
  ping: { payload: nothing, answer: nothing },
} as const;

export type DirectRequests = typeof directRequests;
export type DirectRequestName = keyof DirectRequests;
export type DirectPayload<Name extends DirectRequestName> = v.InferOutput<DirectRequests[Name]['payload']>;
export type DirectAnswer<Name extends DirectRequestName> = v.InferOutput<DirectRequests[Name]['answer']>;

/** A client's row in the professional's list. */
export const AppointmentRow = v.object({
  ...Appointment.entries,
  name: v.exactOptional(UserName),
  /** Whether the client is connected with an offer that is not answered yet. */
  waiting: v.boolean(),
  /** If the client waits: since when. */
  since: v.exactOptional(Timestamp),
});
export type AppointmentRow = v.InferOutput<typeof AppointmentRow>;

const person = v.object({ ...name, socketId: v.string() });
/** What a peer has sent, unchanged but for `fromPeer`, which the host sets. */
const fromPeer = v.looseObject({ toPeer: Id, fromPeer: Id });
const appointmentId = { appointmentId: Id };

/** Host → client: each event's payload. */
export const directEvents = {
  user_joined: person,
  user_left: person,
  /** `timestamp` is a UTC string (RFC 9110, section 5.6.7). */
  message: v.object({ personName: UserName, content: ChatText, timestamp: v.string() }),
  offer: fromPeer,
  answer: fromPeer,
  ice_candidate: fromPeer,
  'ice-candidate': fromPeer,
  /** The failure of a request that had no callback. */
  error: v.object({ event: v.string(), ...Failure.entries }),

  /** To a client: their own appointment. */
  appointment: Appointment,
  /** To a client: whether the professional is connected. */
  professional: v.object({ here: v.boolean(), name: v.exactOptional(UserName) }),
  newOfferWaiting: v.object({ offer: Offer, offerId: Id, appointment: Appointment }),
  apptData: v.object({ appointments: v.array(AppointmentRow) }),
  answerResponse: v.object({ answer: SdpAnswer, ...appointmentId }),
  iceToClient: v.object({ candidate, ...appointmentId }),
  hungUp: v.object(appointmentId),
  /** The host removes this connection from the desk and closes it. */
  removed: v.object({ reason: v.string() }),
} as const;

export type DirectEvents = typeof directEvents;
export type DirectEventName = keyof DirectEvents;
export type DirectEventPayload<Name extends DirectEventName> = v.InferOutput<DirectEvents[Name]>;
