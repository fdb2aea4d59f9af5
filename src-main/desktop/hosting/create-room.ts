/** Creates a room through a host's HTTP API, as every client does that may create rooms. */
import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { CreatedRoom, parse } from '../../../src-shared/protocol/index.ts';
import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import { handshake } from '../trust/handshake.ts';

/**
 * @param host its origin, and the key it must have
 * @throws {DesktopError} UNREACHABLE
 * @throws {Error} if the host has another key, or refuses
 */
export async function createRoom(
  { origin, fingerprint }: { origin: string; fingerprint: string },
  room: CreateRoom,
): Promise<CreatedRoom> {
  const { socket, seen } = await handshake(origin);
  try {
    if (seen.fingerprint !== fingerprint) throw new Error(`Another host answers at ${origin}`);
    const { status, body } = await post(new URL('/api/rooms', origin), room, () => socket);
    if (status !== 201) throw new Error(`The host answered ${status}: ${JSON.stringify(body)}`);
    return parse(CreatedRoom, body);
  } finally {
    socket.destroy();
  }
}

function post(url: URL, body: object, createConnection: () => TLSSocket): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, createConnection });
    call.once('error', reject);
    call.once('response', (response) => {
      json(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    call.end(JSON.stringify(body));
  });
}
