import type { EventName, EventPayload, Producer } from '../../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints } from '../ports.ts';

/** What the meeting tells people; `connection-success` is a greeting of one gateway. */
type MeetingEventName = Exclude<EventName, 'connection-success'>;

/** What gateways are told beside the payload; `newProducer` follows for each of `brought` nevertheless. */
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

/** Tells one person something, in the order of the calls. */
export type Notify = (...event: MeetingEvent) => void;

/** How the host reaches one client, whatever the gateway that implements it. */
export interface ClientConnection extends ConnectionEndpoints {
  /** What others know this connection by (`socketId`). */
  readonly id: string;
  /** What is told to a lost connection reaches it if it comes back. */
  readonly notify: Notify;
  /** Tells the person why, in a sentence, and ends the connection. */
  close(reason: string): void;
}
