import * as v from 'valibot';
import { MAX_OWN_ROOMS } from '../../../src-shared/limits.ts';
import { RoomId, Token } from '../../../src-shared/protocol/primitives.ts';
import type { Shelf } from '../../platform/index.ts';
import { onThisComputer, remembered } from './remembered.ts';
import type { Remembered } from './remembered.ts';

const OwnRoom = v.object({
  roomId: RoomId,
  /** What makes this person its host. */
  hostToken: Token,
  /** The address of it that others reach. */
  url: v.string(),
  /** The invite to its desk they made for themselves. */
  desk: v.exactOptional(Token),
});
export type OwnRoom = v.InferOutput<typeof OwnRoom>;

/** The rooms this person has made, the latest first. */
export class OwnRooms {
  readonly #memory: Remembered<OwnRoom[]>;

  constructor(storage: () => Shelf = onThisComputer) {
    this.#memory = remembered(storage, 'parley.own-rooms', v.array(OwnRoom));
  }

  find(roomId: string): OwnRoom | null {
    return this.#all.find((room) => room.roomId === roomId) ?? null;
  }

  add(room: OwnRoom): void {
    this.#memory.write([room, ...this.#without(room.roomId)].slice(0, MAX_OWN_ROOMS));
  }

  remove(roomId: string): void {
    if (this.find(roomId)) this.#memory.write(this.#without(roomId));
  }

  /** Read anew each time: other tabs write it too. */
  get #all(): OwnRoom[] {
    return this.#memory.read() ?? [];
  }

  #without(roomId: string): OwnRoom[] {
    return this.#all.filter((room) => room.roomId !== roomId);
  }
}
