import * as v from 'valibot';
import type { Invite } from '../../../src-shared/invite.ts';
import { MAX_OWN_ROOMS } from '../../../src-shared/limits.ts';
import type { CreateRoom, CreatedRoom } from '../../../src-shared/protocol/index.ts';
import { RoomId, Token } from '../../../src-shared/protocol/values/primitives.ts';
import type { KeyValueStorage } from '../../platform/index.ts';
import { createRoom } from '../signaling/api.ts';
import { onThisComputer, storedValue } from './stored-value.ts';
import type { StoredValue } from './stored-value.ts';

const OwnRoom = v.object({
  roomId: RoomId,
  /** The host that knows it, as it was reached when this was written. */
  origin: v.string(),
  /** The host's key, by which it is known at another address too. */
  fingerprint: v.exactOptional(v.string()),
  /** What makes this person its host. */
  hostToken: Token,
  /** The address of it that others reach. */
  url: v.string(),
  /** The key of its link. */
  linkKey: v.exactOptional(Token),
  /** The invite to its desk they made for themselves. */
  desk: v.exactOptional(Token),
});
export type OwnRoom = v.InferOutput<typeof OwnRoom>;

/** Where a room is: ids are another host's to choose as well. */
type Whereabouts = Pick<Invite, 'origin' | 'roomId' | 'fingerprint'>;

/**
 * The rooms this person has made, the latest first. The app keeps those of all hosts together: what
 * makes somebody a room's host is for that room's host alone, whatever a link calls its own.
 */
export class OwnRooms {
  readonly #memory: StoredValue<OwnRoom[]>;

  constructor(storage: () => KeyValueStorage = onThisComputer) {
    this.#memory = storedValue(storage, 'parley.own-rooms', v.array(OwnRoom));
  }

  find(room: Whereabouts): OwnRoom | null {
    return this.#all.find((own) => isSame(own, room)) ?? null;
  }

  /** What proves that this person may come in: that the room is theirs, or an invite; and the key of its link. */
  credentialsFor(invite: Invite): { token?: string; key?: string } {
    const own = this.find(invite);
    const token = own?.hostToken ?? invite.token;
    const key = own?.linkKey ?? invite.key;
    return { ...(token !== undefined && { token }), ...(key !== undefined && { key }) };
  }

  /** Creates a room at the host at `origin`. @throws as `createRoom` */
  async create(origin: string, room: CreateRoom): Promise<CreatedRoom> {
    const created = await createRoom(origin, room);
    this.add({ origin, ...created });
    return created;
  }

  add(room: OwnRoom): void {
    this.#memory.write([room, ...this.#without(room)].slice(0, MAX_OWN_ROOMS));
  }

  /** The room has another link key. */
  setLinkKey(room: Whereabouts, linkKey: string): void {
    const own = this.find(room);
    if (own) this.add({ ...own, linkKey });
  }

  remove(room: Whereabouts): void {
    if (this.find(room)) this.#memory.write(this.#without(room));
  }

  /** Read each time, because other tabs write it too. */
  get #all(): OwnRoom[] {
    return this.#memory.read() ?? [];
  }

  #without(room: Whereabouts): OwnRoom[] {
    return this.#all.filter((own) => !isSame(own, room));
  }
}

/** A link's key has been checked by the app; in a browser all that is remembered is one host's anyway. */
function isSame(own: OwnRoom, { origin, roomId, fingerprint }: Whereabouts): boolean {
  if (own.roomId !== roomId) return false;
  return own.fingerprint !== undefined && fingerprint !== undefined
    ? own.fingerprint === fingerprint
    : own.origin === origin;
}
