import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { DirectEvents, DirectEventPayload, InviteContent } from '../../../../../src-shared/protocol/index.ts';
import type { DirectEvent, DirectConnection } from '../../../meeting/index.ts';

type HostToClient = { [Name in keyof DirectEvents]: (payload: DirectEventPayload<Name>) => void };

interface SocketState {
  /** What the token it connected with says; null: it had none. */
  invite: InviteContent | null;
}

export type DirectNamespace = Namespace<DefaultEventsMap, HostToClient, DefaultEventsMap, Partial<SocketState>>;
export type DirectSocket = Socket<DefaultEventsMap, HostToClient, DefaultEventsMap, Partial<SocketState>>;

/** The connection, over Socket.IO, of a client that calls from browser to browser. */
export class SocketIoDirectConnection implements DirectConnection {
  readonly id: string;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: DirectSocket;

  constructor(socket: DirectSocket) {
    this.id = socket.id;
    this.remoteAddress = socket.conn.remoteAddress;
    this.localAddress = socket.request.socket.localAddress ?? '';
    this.#socket = socket;
  }

  notify = (...[name, ...payload]: DirectEvent): void => {
    this.#socket.emit(name, ...payload);
  };

  close(reason?: string): void {
    if (reason !== undefined) this.notify('removed', { reason });
    // What is being carried out is answered first.
    setImmediate(() => this.#socket.disconnect());
  }
}
