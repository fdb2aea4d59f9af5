import type {
  DirectAnswer,
  DirectEventName,
  DirectEventPayload,
  DirectPayload,
  DirectRequestName,
} from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection } from '../session/client-connection.ts';

/** Something told to a client that calls from browser to browser; what answers their own failures is a gateway's. */
export type DirectEvent = {
  [Name in Exclude<DirectEventName, 'error'>]: [name: Name, payload: DirectEventPayload<Name>];
}[Exclude<DirectEventName, 'error'>];

export type DirectConnection = ClientConnection<DirectEvent>;

export type DirectPayloads = { [Name in DirectRequestName]: DirectPayload<Name> };
export type DirectAnswers = { [Name in DirectRequestName]: DirectAnswer<Name> };

/** What carries the operations out. Each throws `ProtocolError`. */
export type DirectHandlers = {
  [Name in DirectRequestName]: (payload: DirectPayload<Name>) => DirectAnswer<Name>;
};
