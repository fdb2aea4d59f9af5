import type { EventName, EventPayload, Producer } from '../../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints } from '../ports.ts';

/** What the meeting tells people; `connection-success` is a greeting of one gateway. */
type MeetingEventName = Exclude<EventName, 'connection-success'>;

/** What gateways are told beside the payload; `newProducer` follows for each of `heldProducers` nevertheless. */
interface Aside {
  'peer-joined': [heldProducers: Producer[]];
}

/** Something the meeting tells people: its name and what it says, one per event of the contract. */
export type MeetingEvent = {
  [Name in MeetingEventName]: [
    name: Name,
    payload: EventPayload<Name>,
    ...aside: Name extends keyof Aside ? Aside[Name] : [],
  ];
}[MeetingEventName];

/** Tells one client something, in the order of the calls. */
export type Notify<Event extends readonly unknown[] = MeetingEvent> = (...event: Event) => void;

/**
 * How the host reaches one client, in a meeting or in a call from browser to browser; a gateway implements it.
 * What is told to a connection that is lost reaches it if it comes back.
 */
export interface ClientConnection<Event extends readonly unknown[] = MeetingEvent> extends ConnectionEndpoints {
  /** What others know this connection by (`socketId`, `toPeer`, `fromPeer`). */
  readonly id: string;
  readonly notify: Notify<Event>;
  /**
   * Ends the connection, once the request in progress is answered.
   *
   * @param reason a sentence told first; absent: that answer says it
   */
  close(reason?: string): void;
}
