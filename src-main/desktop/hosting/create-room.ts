/** Creates a room through a host's HTTP API, as every client does that may create rooms. */
import { CreatedRoom, parse } from '../../../src-shared/protocol/index.ts';
import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import { pinnedRequest } from '../trust/pinned-request.ts';

/**
 * @param host its origin, and the key it must have
 * @throws {DesktopError} UNREACHABLE
 * @throws {Error} if the host has another key, or refuses
 */
export async function createRoom(
  host: { origin: string; fingerprint: string },
  room: CreateRoom,
): Promise<CreatedRoom> {
  const { status, body } = await pinnedRequest({ ...host, path: '/api/rooms', body: room });
  if (status !== 201) throw new Error(`The host answered ${status}: ${JSON.stringify(body)}`);
  return parse(CreatedRoom, body);
}
