import type {
  DirectAnswer,
  DirectEventName,
  DirectEventPayload,
  DirectPayload,
  DirectRequestName,
} from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection } from './client-connection.ts';

/** An event for a client in a call from browser to browser. The answer to a failed request is sent by the gateway. */
export type DirectEvent = {
  [Name in Exclude<DirectEventName, 'error'>]: [name: Name, payload: DirectEventPayload<Name>];
}[Exclude<DirectEventName, 'error'>];

export type DirectConnection = ClientConnection<DirectEvent>;

export type DirectPayloads = { [Name in DirectRequestName]: DirectPayload<Name> };
export type DirectAnswers = { [Name in DirectRequestName]: DirectAnswer<Name> };

/** The handlers of the operations. Each throws `ProtocolError`. */
export type DirectHandlers = {
  [Name in DirectRequestName]: (payload: DirectPayload<Name>) => DirectAnswer<Name>;
};
