import type { CurrentParticipation, MeetingHandlers } from './operations.ts';

/** Operations of those who run a meeting: the lobby, others in the meeting, and the room. */
export function moderationOperations(current: CurrentParticipation) {
  return {
    async admit(who) {
      await current().room.lobby.admit(who);
      return {};
    },
    deny(who) {
      current().room.lobby.deny(who, 'Nobody let you in.');
      return {};
    },

    async muteParticipant({ userId }) {
      const { room, participant } = current();
      await room.moderation.mute(participant, userId);
      return {};
    },
    async muteAll() {
      const { room, participant } = current();
      await room.moderation.muteAll(participant);
      return {};
    },
    askToUnmute({ userId }) {
      const { room, participant } = current();
      room.moderation.askToUnmute(participant, userId);
      return {};
    },
    async stopVideo({ userId }) {
      const { room, participant } = current();
      await room.moderation.stopVideo(participant, userId);
      return {};
    },
    stopShare({ userId }) {
      const { room, participant } = current();
      room.moderation.stopShare(participant, userId);
      return {};
    },
    lowerHand({ userId }) {
      const { room, participant } = current();
      room.moderation.lowerHand(participant, userId);
      return {};
    },
    async removeParticipant(request) {
      const { room, participant } = current();
      await room.moderation.remove(participant, request);
      return {};
    },
    setRole(request) {
      const { room, participant } = current();
      room.moderation.setRole(participant, request);
      return {};
    },

    async setRoom(change) {
      const { room } = current();
      const linkKey = await room.settings.change(change);
      return { room: room.describe(), linkKey };
    },
    endMeeting() {
      current().room.close('The host has ended the meeting for everyone.');
      return {};
    },
  } satisfies Partial<MeetingHandlers>;
}
