import type { MediaInput, MediaResult, OpenCallName } from '../../../../../src-shared/protocol/http/media-api.ts';
import type { ConnectionEndpoints, Rooms } from '../../../meeting/index.ts';
import type { NewRooms } from '../new-rooms.ts';
import type { Attendees, WaitingAttendee } from './attendees.ts';

/** The calls that need no token. The body is read only after the caller's permission is checked. */
export type OpenCalls = {
  [Name in OpenCallName]: (
    read: () => Promise<MediaInput<Name>>,
    endpoints: ConnectionEndpoints,
  ) => Promise<MediaResult<Name> | WaitingAttendee>;
};

interface Options {
  rooms: Rooms;
  newRooms: NewRooms;
  attendees: Attendees;
}

export function openCalls({ rooms, newRooms, attendees }: Options): OpenCalls {
  return {
    async createRoom(read, { remoteAddress }) {
      newRooms.requireAllowed(remoteAddress);
      const { name, room } = await read();
      const { roomId } = await newRooms.make(remoteAddress, { hostName: name, name, roomId: room });
      return { room: roomId };
    },

    async exists(read, { remoteAddress }) {
      const { room, key } = await read();
      return { exists: rooms.isOpen(room, remoteAddress, key) };
    },

    async createAttendee(read, endpoints) {
      return attendees.create(await read(), endpoints);
    },
  };
}
