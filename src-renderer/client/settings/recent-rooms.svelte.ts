import * as v from 'valibot';
import { MAX_RECENT_ROOMS } from '../../../src-shared/limits.ts';
import { RoomId, RoomName, Timestamp, Token } from '../../../src-shared/protocol/values/primitives.ts';
import type { KeyValueStorage } from '../../platform/index.ts';
import { onThisComputer, storedValue } from './stored-value.ts';
import type { StoredValue } from './stored-value.ts';

const RecentRoom = v.object({
  roomId: RoomId,
  /** Whether one was at its desk, not in its meeting. */
  desk: v.exactOptional(v.literal(true)),
  name: RoomName,
  /** The name of the host's computer. */
  hostName: v.nullable(v.string()),
  /** `https://address:port`. */
  origin: v.string(),
  fingerprint: v.nullable(v.string()),
  /** The key of the room's link. */
  key: v.exactOptional(Token),
  /** When this person was last in, epoch ms. */
  at: Timestamp,
});
export type RecentRoom = v.InferOutput<typeof RecentRoom>;

/** The rooms this person was in, the latest first. Reactive. */
export class RecentRooms {
  readonly #memory: StoredValue<RecentRoom[]>;
  #rooms: readonly RecentRoom[];

  constructor(storage: () => KeyValueStorage = onThisComputer) {
    this.#memory = storedValue(storage, 'parley.recent', v.array(RecentRoom));
    this.#rooms = $state.raw(this.#memory.read() ?? []);
  }

  get rooms(): readonly RecentRoom[] {
    return this.#rooms;
  }

  add(room: RecentRoom): void {
    this.#keep([room, ...this.#without(room.roomId)].slice(0, MAX_RECENT_ROOMS));
  }

  remove(roomId: string): void {
    this.#keep(this.#without(roomId));
  }

  #without(roomId: string): RecentRoom[] {
    return this.#rooms.filter((room) => room.roomId !== roomId);
  }

  #keep(rooms: RecentRoom[]): void {
    this.#rooms = rooms;
    this.#memory.write(rooms);
  }
}
