import type { Answer, PlainEvent } from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection, MeetingEvent } from '../../meeting/index.ts';
import type { JsonSocket } from '../json-socket.ts';
import { plainProducer } from './actions.ts';

/** A client's connection over a plain WebSocket. */
export class WebSocketConnection implements ClientConnection {
  readonly id = crypto.randomUUID();
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: JsonSocket;
  readonly #onAdmitted: (joined: Answer<'joinRoom'>) => void;

  /** @param onAdmitted called when its client was in the lobby and has joined; it tells them */
  constructor(socket: JsonSocket, onAdmitted: (joined: Answer<'joinRoom'>) => void) {
    this.remoteAddress = socket.remoteAddress;
    this.localAddress = socket.localAddress;
    this.#socket = socket;
    this.#onAdmitted = onAdmitted;
  }

  notify = (...event: MeetingEvent): void => {
    if (event[0] === 'admitted') this.#onAdmitted(event[1]);
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
  if (name === 'waiting') return { type: 'waiting', hostPresent: payload.hostPresent };
  if (name === 'denied') return { type: 'denied', reason: payload.reason };
  if (name === 'mutedByHost') return { type: 'mutedByHost', source: payload.source };
  if (name === 'unmuteAsked') return { type: 'unmuteAsked' };
  if (name === 'mediaRestarted') return { type: 'mediaRestarted' };
  if (name === 'removed' || name === 'roomClosed') return { type: 'closed', reason: payload.reason };
  return null;
}
