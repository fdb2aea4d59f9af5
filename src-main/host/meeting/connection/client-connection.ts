import type { EventName, EventPayload, Producer } from '../../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints } from '../ports.ts';

/** The events of a meeting; `connection-success` is sent by one gateway only. */
type MeetingEventName = Exclude<EventName, 'connection-success'>;

/** What gateways receive besides the payload. `newProducer` is sent for each of `heldProducers` nevertheless. */
interface Aside {
  'peer-joined': [heldProducers: Producer[]];
}

/** An event of a meeting: its name and payload, as in the protocol. */
export type MeetingEvent = {
  [Name in MeetingEventName]: [
    name: Name,
    payload: EventPayload<Name>,
    ...aside: Name extends keyof Aside ? Aside[Name] : [],
  ];
}[MeetingEventName];

/** Sends an event to one client. Events arrive in the order of the calls. */
export type Notify<Event extends readonly unknown[] = MeetingEvent> = (...event: Event) => void;

/**
 * Sends one event to several clients of a gateway, encoded once.
 *
 * @param audience the ids of their connections, at least one; the same set as long as they are the same
 * @param except the id of the one who is not told
 */
export type Broadcast<Event extends readonly unknown[] = MeetingEvent> = (
  event: Event,
  audience: ReadonlySet<string>,
  except?: string,
) => void;

/**
 * How the host reaches one client, in a meeting or in a call from browser to browser; a gateway implements it.
 * Events for a lost connection are delivered if it recovers.
 */
export interface ClientConnection<Event extends readonly unknown[] = MeetingEvent> extends ConnectionEndpoints {
  /** The id that other clients see (`socketId`, `toPeer`, `fromPeer`). */
  readonly id: string;
  readonly notify: Notify<Event>;
  /** The same function for all connections of a gateway; absent: its clients are notified one by one. */
  readonly broadcast?: Broadcast<Event>;
  /**
   * Ends the connection. A request in progress may stay unanswered.
   *
   * @param reason a sentence sent first; absent: the answer contains it
   */
  close(reason?: string): void;
}
