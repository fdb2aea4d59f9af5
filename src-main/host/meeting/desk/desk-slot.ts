import { DESK_MEMORY_MS } from '../../../../src-shared/limits.ts';
import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import type { DirectEvent, DirectConnection } from '../connection/direct-connection.ts';
import type { Clock } from '../ports.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { relayLimit } from '../rates/session-rates.ts';
import type { DeskInviteList } from './desk-invite-list.ts';

/** A connection at a desk, and the invite it came with. */
export interface DeskUser {
  readonly connection: DirectConnection;
  readonly invite: InviteContent;
}

interface DeskSlotOptions {
  readonly clock: Clock;
  readonly inviteList: DeskInviteList;
  /** They have been absent for `DESK_MEMORY_MS`. */
  readonly onForget: () => void;
}

/** One user's connection at a desk: a new connection replaces the earlier one. */
export class DeskSlot {
  /** Of what this user sends on, by whatever connection: one who connects again has no more than before. */
  readonly relayLimit: RateLimit;
  readonly #options: DeskSlotOptions;
  #user: DeskUser | null = null;
  #stopForgetting: (() => void) | null = null;

  constructor(options: DeskSlotOptions) {
    this.#options = options;
    this.relayLimit = relayLimit(options.clock);
  }

  /** The user, while their invite is valid. */
  get user(): DeskUser | null {
    return this.#user && this.#options.inviteList.holds(this.#user.invite.id) ? this.#user : null;
  }

  /** Whether there is no user, and no earlier one is remembered. */
  get idle(): boolean {
    return this.#user === null && this.#stopForgetting === null;
  }

  /** Informs the earlier connection, and closes it. */
  join(user: DeskUser): void {
    this.#stopForgetting?.();
    this.#stopForgetting = null;
    const earlier = this.#user;
    this.#user = user;
    earlier?.connection.close('Your link was opened in another window or on another device.');
  }

  /** False: another connection had replaced it. */
  leave(user: DeskUser): boolean {
    if (this.#user !== user) return false;
    this.#user = null;
    this.#stopForgetting = this.#options.clock.after(DESK_MEMORY_MS, () => {
      this.#stopForgetting = null;
      this.#options.onForget();
    });
    return true;
  }

  notify(...event: DirectEvent): void {
    this.user?.connection.notify(...event);
  }
}
