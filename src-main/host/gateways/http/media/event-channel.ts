import { MAX_UNREAD_BYTES } from '../../../../../src-shared/limits.ts';
import { EVENTS_CLOSED, type MediaEvent } from '../../../../../src-shared/protocol/media-events.ts';
import type { JsonSocket } from '../../json-socket.ts';

/** An open events socket. */
export type EventSocket = Pick<JsonSocket, 'send' | 'end'>;

/** What an attendee is told through: the events socket they have open, or a queue for the next. */
export class EventChannel {
  #socket: EventSocket | null = null;
  #missed: MediaEvent[] = [];
  #missedBytes = 0;

  /** Whether this is the socket that counts. */
  uses(socket: EventSocket): boolean {
    return this.#socket === socket;
  }

  /** The events go through this one from now on, first those missed. One that is open already is replaced. */
  connect(socket: EventSocket): void {
    this.disconnect({ code: EVENTS_CLOSED.replaced, reason: 'You have opened the events elsewhere.' });
    this.#socket = socket;
    for (const event of this.#missed.splice(0)) socket.send(event);
    this.#missedBytes = 0;
  }

  /** What is told from now on waits for the next. @param farewell close code, and a sentence for the other end */
  disconnect(closeReason: { code: number; reason: string }): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.end(closeReason);
  }

  /** False: more waits for the attendee than may. */
  send(event: MediaEvent): boolean {
    if (this.#socket) {
      this.#socket.send(event);
      return true;
    }
    this.#missed.push(event);
    this.#missedBytes += Buffer.byteLength(JSON.stringify(event));
    return this.#missedBytes <= MAX_UNREAD_BYTES;
  }
}
