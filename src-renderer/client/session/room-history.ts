import type { Invite } from '../../../src-shared/invite.ts';
import { ownRooms } from '../settings/index.ts';
import type { RecentRooms, RecentRoom } from '../settings/recent-rooms.svelte.ts';

/** What this computer remembers of one meeting. */
export class RoomHistory {
  readonly #invite: Invite;
  readonly #recent: RecentRooms;
  #pending: (() => void) | null = null;

  constructor(invite: Invite, recent: RecentRooms) {
    this.#invite = invite;
    this.#recent = recent;
  }

  /** They are in: it is remembered with the next `write`. */
  joined(describe: () => Omit<RecentRoom, 'roomId' | 'at'>): void {
    const { roomId } = this.#invite;
    const at = Date.now();
    this.#pending = () => this.#recent.add({ ...describe(), roomId, at });
  }

  /** Remembers what is not remembered yet. */
  write(): void {
    this.#pending?.();
    this.#pending = null;
  }

  /** The host knows no such room any more: it leads nowhere. */
  forget(): void {
    this.#recent.remove(this.#invite.roomId);
    ownRooms.remove(this.#invite);
  }
}
