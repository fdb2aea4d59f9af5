/** A client of a running host, for writing stored data and for looking at it: plain HTTP and Socket.IO. */
import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Socket, io } from 'socket.io-client';
import * as v from 'valibot';

export const JoinedRoom = v.object({
  room: v.object({ name: v.string() }),
  userId: v.string(),
  role: v.string(),
  sessionToken: v.string(),
  participants: v.array(v.object({ userId: v.string(), userName: v.string() })),
  messages: v.array(v.object({ userName: v.string(), message: v.string(), to: v.optional(v.string()) })),
});
export type JoinedRoom = v.InferOutput<typeof JoinedRoom>;

const Acknowledged = v.looseObject({ success: v.literal(true) });
const Refused = v.object({ success: v.literal(false), error: v.object({ code: v.string() }) });

interface HttpRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  /** The room's host token. */
  token?: string;
  body?: object;
}

/** Connections to one host; `close` ends them all. */
export class Client {
  readonly #port: number;
  readonly #sockets: Socket[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  async http(path: string, { method = 'GET', token, body }: HttpRequest = {}) {
    const sent = request({
      ...{ host: '127.0.0.1', port: this.#port, path, method, rejectUnauthorized: false, agent: false },
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
    });
    sent.end(body && JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    const content = await text(response);
    return { status: response.statusCode, body: content === '' ? null : (JSON.parse(content) as unknown) };
  }

  /** A new connection to a namespace. */
  connect(namespace: string, token?: string): Socket {
    const socket = io(`https://127.0.0.1:${this.#port}${namespace}`, {
      ...{ rejectUnauthorized: false, forceNew: true, reconnection: false, transports: ['websocket'] },
      ...(token !== undefined && { auth: { token } }),
    });
    this.#sockets.push(socket);
    return socket;
  }

  /** Joins a room by a connection of its own. @throws {Error} whose message is the host's code */
  async join(message: { roomId: string; userName: string; [more: string]: string }) {
    const socket = this.connect('/mediasoup');
    return { socket, joined: v.parse(JoinedRoom, await emit(socket, 'joinRoom', message)) };
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.disconnect();
  }
}

/** What the host tells with the next event of this name. */
export function told(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => socket.once(event, resolve));
}

/** A request and its answer. @throws {Error} whose message is the host's code */
export async function emit(socket: Socket, event: string, message: object): Promise<unknown> {
  const answer: unknown = await socket.timeout(20_000).emitWithAck(event, message);
  if (v.is(Refused, answer)) throw new Error(answer.error.code);
  return v.parse(Acknowledged, answer);
}
