import * as v from 'valibot';
import { ChatText, Id, RoomId, RoomName, Timestamp, UserName } from './primitives.ts';

export const Room = v.object({
  roomId: RoomId,
  name: RoomName,
  locked: v.boolean(),
  /** Whether people wait to be admitted. */
  lobby: v.boolean(),
});
export type Room = v.InferOutput<typeof Room>;

export const Role = v.picklist(['host', 'co-host', 'participant', 'viewer']);
export type Role = v.InferOutput<typeof Role>;

export const Participant = v.object({
  socketId: v.string(),
  userId: Id,
  userName: UserName,
  role: Role,
  isHost: v.boolean(),
  /** Whether the hand is raised. */
  hand: v.boolean(),
  /** `lost`: the connection is lost; membership and media are kept for `RECOVERY_MS`. */
  connection: v.picklist(['ok', 'lost']),
});
export type Participant = v.InferOutput<typeof Participant>;

export const ChatMessage = v.object({
  id: Id,
  userId: Id,
  userName: UserName,
  message: ChatText,
  timestamp: Timestamp,
  /** The recipient's userId; absent: everyone. */
  to: v.optional(Id),
});
export type ChatMessage = v.InferOutput<typeof ChatMessage>;
