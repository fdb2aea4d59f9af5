import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Asker, Operations, Place } from './operations.ts';

/** What people do among people. */
export function peopleOperations({ joined, countTold }: Asker) {
  /** Where they have joined, and may tell something just now. */
  const telling = (): Place => {
    const place = joined();
    countTold();
    return place;
  };

  return {
    sendMessage({ roomId, message, to }) {
      const { room, person } = telling();
      if (room.id !== roomId) throw new ProtocolError('NOT_FOUND', 'You are not in that meeting.');
      return { messageId: room.say(person, message, to).id };
    },

    raiseHand({ raised }) {
      const { room, person } = telling();
      room.change(person, { hand: raised });
      return {};
    },

    react({ reaction }) {
      const { room, person } = telling();
      room.react(person, reaction);
      return {};
    },

    setName({ userName }) {
      const { room, person } = telling();
      room.change(person, { userName });
      return {};
    },
  } satisfies Partial<Operations>;
}
