import type {
  DirectAnswer,
  DirectEventName,
  DirectEventPayload,
  DirectPayload,
  DirectRequestName,
} from '../../../../src-shared/protocol/index.ts';

/** Something told to one who calls peer to peer; what answers their own failures is a gateway's. */
export type DirectEvent = {
  [Name in Exclude<DirectEventName, 'error'>]: [name: Name, payload: DirectEventPayload<Name>];
}[Exclude<DirectEventName, 'error'>];

/** The connection of a client that calls from browser to browser; a gateway implements it. */
export interface DirectConnection {
  /** What peers know it by (`socketId`, `toPeer`, `fromPeer`). */
  readonly id: string;
  /** The other end's address, as the socket itself reports it. */
  readonly remoteAddress: string;
  readonly notify: (...event: DirectEvent) => void;
  /**
   * Ends the connection, after the request in progress is answered.
   *
   * @param reason a sentence told first; absent: that answer says it
   */
  close(reason?: string): void;
}

/** What gateways translate messages to. Each throws `ProtocolError`. */
export type DirectOperations = {
  [Name in DirectRequestName]: (payload: DirectPayload<Name>) => DirectAnswer<Name>;
};
