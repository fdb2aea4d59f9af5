/** The HTTP calls about rooms: creating one, and reading about one before joining. */
import * as v from 'valibot';
import { Failure } from '../errors.ts';
import { RoomId, RoomName, Timestamp, Token, UserName } from '../values/primitives.ts';
import { Room } from '../values/room.ts';
import { RoomSettings } from '../values/room-settings.ts';
import { RtpCapabilities } from '../values/rtp.ts';

export const CreateRoom = v.object({
  hostName: UserName,
  name: v.optional(RoomName),
  /** When a scheduled room begins; absent: now, and the room ends with the meeting. */
  startsAt: v.optional(Timestamp),
  /** Absent: everybody who knows the room’s id may join. */
  settings: v.optional(RoomSettings),
});
export type CreateRoom = v.InferOutput<typeof CreateRoom>;

export const CreatedRoom = v.object({
  roomId: RoomId,
  hostToken: Token,
  /** For guests; it contains the link key, if the room has one. */
  url: v.pipe(v.string(), v.url()),
  linkKey: v.exactOptional(Token),
});
export type CreatedRoom = v.InferOutput<typeof CreatedRoom>;

/** What anyone with the link may know of a room before joining. */
export const RoomInfo = v.object({
  ...Room.entries,
  /** Whether one must know a passcode to join. */
  passcode: v.boolean(),
  /** How many are in; absent where there is a lobby. */
  participants: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  routerRtpCapabilities: RtpCapabilities,
});
export type RoomInfo = v.InferOutput<typeof RoomInfo>;

/** What the host tells about itself to everyone who can reach it. */
export const HostInfo = v.object({
  /** The computer's name as people know it. */
  name: v.string(),
  version: v.string(),
  fingerprint: v.string(),
  /** Whether links contain this key; not if a CA vouches for the host's certificate. Absent (older hosts): true. */
  keyInLinks: v.exactOptional(v.boolean()),
  /** Whether the caller may create a room here. */
  mayCreateRooms: v.boolean(),
});
export type HostInfo = v.InferOutput<typeof HostInfo>;

export const HttpFailure = v.object({ error: Failure });
