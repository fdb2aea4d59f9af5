import { DESK_MEMORY_MS } from '../../../../src-shared/limits.ts';
import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import type { DirectEvent, Line } from '../direct/line.ts';
import type { Clock } from '../ports.ts';
import type { GuestList } from './guest-list.ts';

/** Someone at a desk, and the invite they came by. */
export interface Guest {
  readonly line: Line;
  readonly invite: InviteContent;
}

interface ChairOptions {
  readonly clock: Clock;
  readonly guests: GuestList;
  /** They have been gone for `DESK_MEMORY_MS`. */
  readonly onForget: () => void;
}

/** A place at a desk for one person: the newest who comes. */
export class Chair {
  readonly #options: ChairOptions;
  #guest: Guest | null = null;
  #stopForgetting: (() => void) | null = null;

  constructor(options: ChairOptions) {
    this.#options = options;
  }

  /** Who sits here by an invite that is still good. */
  get guest(): Guest | null {
    return this.#guest && this.#options.guests.holds(this.#guest.invite.id) ? this.#guest : null;
  }

  /** Whether nobody sits here, and nobody who did is remembered. */
  get idle(): boolean {
    return this.#guest === null && this.#stopForgetting === null;
  }

  /** Whoever sat here is told so, and their line ends. */
  sit(guest: Guest): void {
    this.#stopForgetting?.();
    this.#stopForgetting = null;
    const earlier = this.#guest;
    this.#guest = guest;
    earlier?.line.close('Your link was opened in another window or on another device.');
  }

  /** Whether they still sat here. */
  leave(guest: Guest): boolean {
    if (this.#guest !== guest) return false;
    this.#guest = null;
    this.#stopForgetting = this.#options.clock.after(DESK_MEMORY_MS, () => {
      this.#stopForgetting = null;
      this.#options.onForget();
    });
    return true;
  }

  tell(...event: DirectEvent): void {
    this.guest?.line.notify(...event);
  }
}
