import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../../../../src-shared/protocol/index.ts';
import type { Connection, Ends, MeetingEvent, Visitor } from '../../../meeting/index.ts';

/** Who speaks through a socket; Socket.IO hands it on to the socket that recovers this one. */
export interface SocketState {
  connection: SocketConnection;
  visitor: Visitor;
}

export type MeetingNamespace = Namespace<ClientToServer, ServerToClient, DefaultEventsMap, Partial<SocketState>>;
export type MeetingSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Partial<SocketState>>;

/** A person's line to the meeting over Socket.IO. */
export class SocketConnection implements Connection {
  readonly id: string;
  #socket: MeetingSocket;
  #ends: Ends;

  constructor(socket: MeetingSocket) {
    this.id = socket.id;
    this.#ends = endsOf(socket);
    this.#socket = socket;
  }

  get remoteAddress(): string {
    return this.#ends.remoteAddress;
  }

  get localAddress(): string {
    return this.#ends.localAddress;
  }

  /**
   * What is told while no socket is connected is kept by Socket.IO for the one that recovers it; but
   * for how loud it was a moment ago.
   */
  notify = (...[name, payload]: MeetingEvent): void => {
    const socket = name === 'audioLevels' ? this.#socket.volatile : this.#socket;
    socket.emit(name, payload);
  };

  /** The connection was lost and is back under the same id. */
  moveTo(socket: MeetingSocket): void {
    this.#socket = socket;
    this.#ends = endsOf(socket);
  }

  close(reason: string): void {
    this.notify('removed', { reason });
    this.#socket.disconnect();
  }
}

/** Noted while it is open: one that has been closed does not know. */
function endsOf({ conn, request }: MeetingSocket): Ends {
  return { remoteAddress: conn.remoteAddress, localAddress: request.socket.localAddress ?? '' };
}
