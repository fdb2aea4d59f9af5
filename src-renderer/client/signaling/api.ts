import { CreatedRoom, HostInfo, RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import { call } from './http.ts';

/** What a link says of where a room is, and what lets one know of it. */
export type RoomAddress = Pick<Invite, 'origin' | 'roomId' | 'key' | 'token'>;

/**
 * What the host at `origin` says of itself.
 *
 * @throws {ProtocolError | MeetingError} as every call here: the host's own failure; UNREACHABLE; INTERNAL
 */
export function hostInfo(origin: string): Promise<HostInfo> {
  return call(HostInfo, origin, '/api/host');
}

/**
 * What whoever has the room's link may know of it.
 *
 * @param address with its key, or a token that makes it unnecessary
 * @throws {ProtocolError} NOT_FOUND: there is none, or it has another key
 */
export function roomInfo({ origin, roomId, key, token }: RoomAddress): Promise<RoomInfo> {
  const query = key === undefined ? '' : `?${new URLSearchParams({ key }).toString()}`;
  return call(RoomInfo, origin, `/api/rooms/${encodeURIComponent(roomId)}${query}`, {
    ...(token !== undefined && { token }),
  });
}

/** Creates a room. @throws {ProtocolError} FORBIDDEN, FULL */
export function createRoom(origin: string, room: CreateRoom): Promise<CreatedRoom> {
  return call(CreatedRoom, origin, '/api/rooms', { method: 'POST', body: room });
}
