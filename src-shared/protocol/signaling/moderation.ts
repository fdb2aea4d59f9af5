/** The part of the contract of `/mediasoup` that concerns the lobby and those who run a meeting. */
import * as v from 'valibot';
import { Id, Token, WaitingNote } from '../values/primitives.ts';
import { Role, Room, WaitingParticipant } from '../values/room.ts';
import { RoomSettings } from '../values/room-settings.ts';
import { Source } from '../values/transport.ts';

const nothing = v.object({});
const somebody = v.object({ userId: Id });
/** Of those who wait: one, or everybody. */
const waiting = v.union([
  v.object({ all: v.literal(true) }),
  v.object({ userId: Id, all: v.exactOptional(v.literal(false)) }),
]);

export const moderationRequests = {
  /** Writes to those who may admit; absent: takes back what was written. */
  updateWaiting: { payload: v.object({ note: v.optional(WaitingNote) }), answer: nothing },
  admit: { payload: waiting, answer: nothing },
  deny: { payload: waiting, answer: nothing },
  muteParticipant: { payload: somebody, answer: nothing },
  /** Everybody's microphone but one's own and those of hosts. */
  muteAll: { payload: nothing, answer: nothing },
  /** Nobody's microphone is turned on by others. */
  askToUnmute: { payload: somebody, answer: nothing },
  stopVideo: { payload: somebody, answer: nothing },
  stopShare: { payload: somebody, answer: nothing },
  lowerHand: { payload: somebody, answer: nothing },
  removeParticipant: {
    payload: v.object({
      userId: Id,
      /** Leaves the lobby off where it is; otherwise it becomes `uninvited`, so that they do not come straight back. */
      keepLobbyOff: v.optional(v.boolean()),
    }),
    answer: nothing,
  },
  /** `host` hands the room over: whoever asks for it becomes a co-host. */
  setRole: { payload: v.object({ userId: Id, role: Role }), answer: nothing },
  setRoom: {
    payload: RoomSettings,
    /** `linkKey`: the new one, where one was made. */
    answer: v.object({ room: Room, linkKey: v.optional(Token) }),
  },
  endMeeting: { payload: nothing, answer: nothing },
} as const;

export const moderationEvents = {
  /** To somebody in the lobby: whether anybody who may admit is in the meeting. */
  waiting: v.object({ hostPresent: v.boolean() }),
  denied: v.object({ reason: v.string() }),
  /** To those who may admit: everybody in the lobby, in the order they came. */
  lobby: v.object({ waiting: v.array(WaitingParticipant) }),
  /** To whom it happened: their microphone or camera was paused, or their screen share ended. */
  mutedByHost: v.object({ source: Source }),
  /** The microphone may be turned on, also where the room allows participants to do so only when asked. */
  unmuteAsked: nothing,
  /** To everybody in the meeting. */
  roomUpdated: v.object({ room: Room }),
} as const;
