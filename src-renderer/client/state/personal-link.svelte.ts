import type { Invite } from '../../../src-shared/invite.ts';
import { isPersonal } from './invitations.svelte.ts';
import { validateLink } from '../signaling/invites.ts';

/** The link somebody was given for themselves, where they came by one; whoever holds the room needs none. */
export class PersonalLink {
  readonly #origin: string;
  readonly #token: string | null;
  #name = $state<string | null>(null);
  #watching = $state(false);

  /** @param options.held whether the room is theirs */
  constructor({ origin, token }: Invite, { held }: { held: boolean }) {
    this.#origin = origin;
    this.#token = !held && isPersonal(token) ? token : null;
  }

  get present(): boolean {
    return this.#token !== null;
  }

  /** Whom it is for; null: not read yet, refused, or it names nobody. */
  get name(): string | null {
    return this.#name;
  }

  /** Whether it is for watching only. */
  get watching(): boolean {
    return this.#watching;
  }

  /** Asks the host whom it is for, and as what. Whether it lets them in, joining says. */
  async read(): Promise<void> {
    if (this.#token === null) return;
    const content = await validateLink(this.#origin, this.#token).catch(() => null);
    this.#name = content?.name ?? null;
    this.#watching = content?.role === 'viewer';
  }
}
