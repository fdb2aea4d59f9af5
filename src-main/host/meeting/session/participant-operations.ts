import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { CurrentParticipation, MeetingHandlers } from './operations.ts';

/** Operations of a participant that the others see: chat, reactions, hand, name. */
export function participantOperations(current: CurrentParticipation) {
  return {
    sendMessage({ roomId, message, to }) {
      const { room, participant } = current();
      if (room.id !== roomId) throw new ProtocolError('NOT_FOUND', 'You are not in that meeting.');
      return { messageId: room.sendMessage(participant, message, to).id };
    },

    raiseHand({ raised }) {
      const { room, participant } = current();
      room.change(participant, { hand: raised });
      return {};
    },

    react({ reaction }) {
      const { room, participant } = current();
      room.react(participant, reaction);
      return {};
    },

    setName({ userName }) {
      const { room, participant } = current();
      room.change(participant, { userName });
      return {};
    },
  } satisfies Partial<MeetingHandlers>;
}
