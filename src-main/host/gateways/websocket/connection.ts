import type { PlainEvent } from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection, MeetingEvent } from '../../meeting/index.ts';
import type { JsonSocket } from '../json-socket.ts';
import { plainProducer } from './actions.ts';

/** A client's connection over a plain WebSocket. */
export class WebSocketConnection implements ClientConnection {
  readonly id = crypto.randomUUID();
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: JsonSocket;

  constructor(socket: JsonSocket) {
    this.remoteAddress = socket.remoteAddress;
    this.localAddress = socket.localAddress;
    this.#socket = socket;
  }

  notify = (...event: MeetingEvent): void => {
    const told = plainEvent(event);
    if (!told) return;
    this.#socket.send(told);
    if (told.type === 'closed') this.#socket.end();
  };

  close(reason = 'The host has ended the connection.'): void {
    this.notify('removed', { reason });
  }
}

/** Null: this dialect has no word for it. */
function plainEvent([name, payload]: MeetingEvent): PlainEvent | null {
  if (name === 'newProducer') return { type: 'newProducer', ...plainProducer(payload) };
  if (name === 'producerClosed') return { type: 'producerClosed', producerId: payload.producerId };
  if (name === 'mediaRestarted') return { type: 'mediaRestarted' };
  if (name === 'removed' || name === 'roomClosed') return { type: 'closed', reason: payload.reason };
  return null;
}
