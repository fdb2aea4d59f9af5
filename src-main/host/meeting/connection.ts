import type { EventName, EventPayload, Producer } from '../../../src-shared/protocol/index.ts';
import type { Ends } from './ports.ts';

/** What the meeting tells people; `connection-success` is a greeting of one gateway. */
type MeetingEventName = Exclude<EventName, 'connection-success'>;

/** What gateways are told beside the payload; `newProducer` follows for each of `brought` nevertheless. */
interface Aside {
  'peer-joined': [brought: Producer[]];
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

/** One person's line to the host, whatever it is made of; a gateway implements it. */
export interface Connection extends Ends {
  /** What others know this connection by (`socketId`). */
  readonly id: string;
  /** What is told to a lost connection reaches it if it comes back. */
  readonly notify: Notify;
  /** Tells the person why, in a sentence, and ends the connection. */
  close(reason: string): void;
}
