import { CreatedRoom, HostInfo, RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { CreateRoom } from '../../../src-shared/protocol/index.ts';
import { call } from './http.ts';

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

/** Creates a room. @throws {ProtocolError} FORBIDDEN, FULL */
export function createRoom(origin: string, room: CreateRoom): Promise<CreatedRoom> {
  return call(CreatedRoom, origin, '/api/rooms', { method: 'POST', body: room });
}
