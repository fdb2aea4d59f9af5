import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { OperationContext, Operations, Participation } from './operations.ts';

/** What people do among people. */
export function participantOperations({ joinedParticipation, countBroadcast }: OperationContext) {
  /** Where they have joined, and may tell something just now. */
  const broadcasting = (): Participation => {
    const participation = joinedParticipation();
    countBroadcast();
    return participation;
  };

  return {
    sendMessage({ roomId, message, to }) {
      const { room, participant } = broadcasting();
      if (room.id !== roomId) throw new ProtocolError('NOT_FOUND', 'You are not in that meeting.');
      return { messageId: room.sendMessage(participant, message, to).id };
    },

    raiseHand({ raised }) {
      const { room, participant } = broadcasting();
      room.change(participant, { hand: raised });
      return {};
    },

    react({ reaction }) {
      const { room, participant } = broadcasting();
      room.react(participant, reaction);
      return {};
    },

    setName({ userName }) {
      const { room, participant } = broadcasting();
      room.change(participant, { userName });
      return {};
    },
  } satisfies Partial<Operations>;
}
