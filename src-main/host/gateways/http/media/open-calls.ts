import type { MediaInput, MediaResult, OpenCallName } from '../../../../../src-shared/protocol/media-api.ts';
import type { Ends, Meetings } from '../../../meeting/index.ts';
import type { NewRooms } from '../new-rooms.ts';
import type { Attendees } from './attendees.ts';

/** What someone who is nobody yet may ask for. */
export type OpenCalls = {
  [Name in OpenCallName]: (input: MediaInput<Name>, ends: Ends) => MediaResult<Name> | Promise<MediaResult<Name>>;
};

interface Options {
  meetings: Meetings;
  newRooms: NewRooms;
  attendees: Attendees;
}

export function openCalls({ meetings, newRooms, attendees }: Options): OpenCalls {
  return {
    async createRoom({ name, room }, { remoteAddress }) {
      const { roomId } = await newRooms.make(remoteAddress, { hostName: name, name, roomId: room });
      return { room: roomId };
    },

    exists: ({ room }) => ({ exists: meetings.isOpen(room) }),

    createAttendee: (request, ends) => attendees.create(request, ends),
  };
}
