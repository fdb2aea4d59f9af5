import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../../../../src-shared/protocol/index.ts';
import { forgetLost } from '../recovery.ts';
import type {
  Broadcast,
  ClientConnection,
  ConnectionEndpoints,
  MeetingEvent,
  MeetingSession,
} from '../../../meeting/index.ts';

/** Who speaks through a socket; Socket.IO hands it on to the socket that recovers this one. */
export interface SocketState {
  connection: SocketIoConnection;
  session: MeetingSession;
}

export type MeetingNamespace = Namespace<ClientToServer, ServerToClient, DefaultEventsMap, Partial<SocketState>>;
export type MeetingSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Partial<SocketState>>;

/** What would fill the recovery buffer, and says nothing any more when the connection is back. */
const MOMENTARY: ReadonlySet<MeetingEvent[0]> = new Set<MeetingEvent[0]>(['audioLevels', 'consumerLayersChanged']);

/** A client's connection over Socket.IO. */
export class SocketIoConnection implements ClientConnection {
  readonly id: string;
  readonly broadcast: Broadcast;
  #socket: MeetingSocket;
  #endpoints: ConnectionEndpoints;

  /** @param broadcast of the socket's namespace */
  constructor(socket: MeetingSocket, broadcast: Broadcast) {
    this.id = socket.id;
    this.broadcast = broadcast;
    this.#endpoints = endpointsOf(socket);
    this.#socket = socket;
  }

  get remoteAddress(): string {
    return this.#endpoints.remoteAddress;
  }

  get localAddress(): string {
    return this.#endpoints.localAddress;
  }

  /**
   * Socket.IO stores what is sent while no socket is connected for the socket that recovers the connection, except
   * what was only true for a moment.
   */
  notify = (...[name, payload]: MeetingEvent): void => {
    const socket = MOMENTARY.has(name) ? this.#socket.volatile : this.#socket;
    socket.emit(name, payload);
  };

  /** The connection was lost and is back under the same id. */
  moveTo(socket: MeetingSocket): void {
    this.#socket = socket;
    this.#endpoints = endpointsOf(socket);
  }

  /** One that is lost cannot be recovered any more. */
  close(reason?: string): void {
    if (!this.#socket.connected) {
      forgetLost(this.#socket);
      return;
    }
    if (reason !== undefined) this.notify('removed', { reason });
    this.#socket.disconnect();
  }
}

/** A namespace's broadcast. Like `notify`, and what is stored for recovery is stored once. */
export function broadcastIn(namespace: MeetingNamespace): Broadcast {
  // A message that is stored keeps its recipients: all messages to one audience share a set of them.
  const recipients = new WeakMap<ReadonlySet<string>, ReturnType<MeetingNamespace['to']>>();
  return ([name, payload], audience, except) => {
    const all = recipients.get(audience) ?? namespace.to([...audience]);
    recipients.set(audience, all);
    const told = except === undefined ? all : all.except(except);
    (MOMENTARY.has(name) ? told.volatile : told).emit(name, payload);
  };
}

/** Noted while it is open: one that has been closed does not know. */
function endpointsOf({ conn, request }: MeetingSocket): ConnectionEndpoints {
  return { remoteAddress: conn.remoteAddress, localAddress: request.socket.localAddress ?? '' };
}
