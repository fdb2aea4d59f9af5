import { type Answer, type Payload, ProtocolError, type RequestName } from '../../../src-shared/protocol/index.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';

/** Every operation of the meeting: what gateways translate messages to. Each throws or rejects with `ProtocolError`. */
export type Operations = {
  [Name in RequestName]: (payload: Payload<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

/** In which room someone is, as whom. */
export interface Place {
  readonly room: Room;
  readonly person: Participant;
}

/** What operations need to know of the one who asks. */
export interface Asker {
  /** Where they are, joined or prepared. @throws {ProtocolError} NOT_JOINED */
  readonly here: () => Place;
  /** Where they have joined. @throws {ProtocolError} NOT_JOINED */
  readonly joined: () => Place;
  /** @throws {ProtocolError} NOT_FOUND */
  readonly findRoom: (roomId: string) => Room;
  /** @throws {ProtocolError} RATE_LIMITED */
  readonly countTransports: (count: number) => void;
}

export function notJoined(): ProtocolError {
  return new ProtocolError('NOT_JOINED', 'Join the meeting first.');
}
