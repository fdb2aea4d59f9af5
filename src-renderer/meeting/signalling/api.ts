import * as v from 'valibot';
import { CreatedRoom, HostInfo, HttpFailure, ProtocolError, RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import { ownRooms } from '../memory/index.ts';
import { MeetingError } from '../problem.ts';

/** How long an answer may take, ms. */
const ANSWER_MS = 10_000;

/**
 * What the host at `origin` says of itself.
 *
 * @throws {ProtocolError | MeetingError} as every call here: the host's own failure; UNREACHABLE; INTERNAL
 */
export function hostInfo(origin: string): Promise<HostInfo> {
  return call(HostInfo, origin, '/api/host');
}

/** What anyone may know of a room. @throws {ProtocolError} NOT_FOUND */
export function roomInfo(origin: string, roomId: string): Promise<RoomInfo> {
  return call(RoomInfo, origin, `/api/rooms/${encodeURIComponent(roomId)}`);
}

/** Makes a room; this computer remembers that it is theirs. @throws {ProtocolError} FORBIDDEN, FULL */
export async function createRoom(origin: string, room: CreateRoom): Promise<CreatedRoom> {
  const created = await call(CreatedRoom, origin, '/api/rooms', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(room),
  });
  ownRooms.add({ roomId: created.roomId, hostToken: created.hostToken, url: created.url });
  return created;
}

async function call<const Schema extends v.GenericSchema>(
  schema: Schema,
  origin: string,
  path: string,
  init: RequestInit = {},
): Promise<v.InferOutput<Schema>> {
  const { ok, body } = await answer(origin + path, init);
  const failure = v.safeParse(HttpFailure, body);
  if (failure.success) throw new ProtocolError(failure.output.error.code, failure.output.error.message);
  const result = v.safeParse(schema, body);
  if (ok && result.success) return result.output;
  throw new ProtocolError('INTERNAL', 'The host gave an answer that Parley does not understand.');
}

async function answer(url: string, init: RequestInit): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS), cache: 'no-store' });
    return { ok: response.ok, body: await response.json().catch(() => null) };
  } catch (error) {
    throw new MeetingError('UNREACHABLE', 'The host does not answer.', { cause: error });
  }
}
