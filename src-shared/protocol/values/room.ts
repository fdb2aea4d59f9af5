import * as v from 'valibot';
import { ChatText, Id, RoomId, RoomName, Timestamp, UserName, WaitingNote } from './primitives.ts';
import { LobbyMode, RoomPermissions } from './room-settings.ts';

export const Room = v.object({
  roomId: RoomId,
  name: RoomName,
  /** Whether nobody new is let in. */
  locked: v.boolean(),
  /** Whether anybody has to wait to be admitted: `lobbyMode` is not `off`. */
  lobby: v.boolean(),
  /** Absent (older hosts): `off`. */
  lobbyMode: v.optional(LobbyMode),
  /** Whether one must know a passcode to join. Absent (older hosts): no. */
  passcode: v.optional(v.boolean()),
  /** Whether links to it contain a key. Absent (older hosts): no. */
  linkKey: v.optional(v.boolean()),
  /** What participants and viewers may do. Absent (older hosts): everything their role allows. */
  permissions: v.optional(RoomPermissions),
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

/** Someone in the lobby. */
export const WaitingParticipant = v.object({
  userId: Id,
  userName: UserName,
  /** When they came. */
  since: Timestamp,
  note: v.optional(WaitingNote),
});
export type WaitingParticipant = v.InferOutput<typeof WaitingParticipant>;

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
