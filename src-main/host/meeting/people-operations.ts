import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Asker, Operations } from './operations.ts';

/** What people do among people. */
export function peopleOperations({ joined }: Asker) {
  return {
    sendMessage({ roomId, message, to }) {
      const { room, person } = joined();
      if (room.id !== roomId) throw new ProtocolError('NOT_FOUND', 'You are not in that meeting.');
      return { messageId: room.say(person, message, to).id };
    },

    raiseHand({ raised }) {
      const { room, person } = joined();
      room.change(person, { hand: raised });
      return {};
    },

    react({ reaction }) {
      const { room, person } = joined();
      room.react(person, reaction);
      return {};
    },

    setName({ userName }) {
      const { room, person } = joined();
      room.change(person, { userName });
      return {};
    },
  } satisfies Partial<Operations>;
}
