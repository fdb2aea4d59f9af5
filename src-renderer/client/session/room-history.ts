import type { Invite } from '../../../src-shared/invite.ts';
import { afterArrival } from './arrival.ts';
import { ownRooms } from '../settings/index.ts';
import type { RecentRooms, RecentRoom } from '../settings/recent-rooms.svelte.ts';

/** What this computer remembers of one meeting. */
export class RoomHistory {
  readonly #invite: Invite;
  readonly #recent: RecentRooms;
  #now: () => void = () => undefined;

  constructor(invite: Invite, recent: RecentRooms) {
    this.#invite = invite;
    this.#recent = recent;
  }

  /** They are in: it is remembered when they have arrived, or are gone before. */
  joined(describe: () => Omit<RecentRoom, 'roomId' | 'at'>): void {
    const { roomId } = this.#invite;
    const at = Date.now();
    this.#now = afterArrival(() => this.#recent.add({ ...describe(), roomId, at }));
  }

  /** They have gone, or it has ended. */
  left(): void {
    this.#now();
  }

  /** The host knows no such room any more: it leads nowhere. */
  forget(): void {
    this.#recent.remove(this.#invite.roomId);
    ownRooms.remove(this.#invite);
  }
}
