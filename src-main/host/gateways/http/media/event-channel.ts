import { MAX_UNREAD_BYTES } from '../../../../../src-shared/limits.ts';
import { EVENTS_CLOSED, type MediaEvent } from '../../../../../src-shared/protocol/http/media-events.ts';
import type { JsonSocket } from '../../json-socket.ts';

/** An open events socket. */
export type EventSocket = Pick<JsonSocket, 'send' | 'end'>;

/** Sends events to an attendee: through the open events socket, or into a queue until the next one opens. */
export class EventChannel {
  #socket: EventSocket | null = null;
  #missed: MediaEvent[] = [];
  #missedBytes = 0;

  /** Whether this is the current socket. */
  uses(socket: EventSocket): boolean {
    return this.#socket === socket;
  }

  /** Sends the queued events through this socket, and all later ones. Replaces an open socket. */
  connect(socket: EventSocket): void {
    this.disconnect({ code: EVENTS_CLOSED.replaced, reason: 'You have opened the events elsewhere.' });
    this.#socket = socket;
    for (const event of this.#missed.splice(0)) socket.send(event);
    this.#missedBytes = 0;
  }

  /** Closes the socket. Later events are queued. @param closeReason close code, and a sentence for the client */
  disconnect(closeReason: { code: number; reason: string }): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.end(closeReason);
  }

  /** Sends or queues an event. False: the queue is larger than allowed. */
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
