/** What a host shows of its rooms to those on its own networks, who have no link. */
import * as v from 'valibot';
import { Id, RoomName } from '../values/primitives.ts';

export const NearbyRoom = v.object({
  /** By which one may ask to be let in, and nothing else; another one every hour. */
  knockId: Id,
  /** Absent: whoever runs the room shows only that there is one. */
  name: v.exactOptional(RoomName),
  /** How many are in; absent as `name` is. */
  participants: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Whether nobody is let in now. */
  locked: v.boolean(),
});
export type NearbyRoom = v.InferOutput<typeof NearbyRoom>;

export const NearbyRooms = v.object({ rooms: v.array(NearbyRoom) });
export type NearbyRooms = v.InferOutput<typeof NearbyRooms>;
