import type { WaitingParticipant } from '../../../../src-shared/protocol/index.ts';
import type { LobbyView, Problem } from '../../view.ts';

export interface LobbyHost {
  /** Whether this person may admit. */
  mayAdmit(): boolean;
  /** Reject with a `Problem`. */
  ask(what: 'admit' | 'deny', whom: { userId: string } | { all: true }): Promise<void>;
}

/** Those who wait to be admitted, as the host tells those who may admit. */
export class Lobby implements LobbyView {
  readonly #host: LobbyHost;
  #all = $state.raw<readonly WaitingParticipant[]>([]);

  constructor(host: LobbyHost) {
    this.#host = host;
  }

  get waiting(): readonly WaitingParticipant[] {
    return this.#host.mayAdmit() ? this.#all : [];
  }

  /** Who waits now. */
  tell(waiting: readonly WaitingParticipant[]): void {
    this.#all = waiting;
  }

  admit(userId: string): Promise<void> {
    return this.#answer('admit', userId);
  }

  async admitAll(): Promise<void> {
    await this.#host.ask('admit', { all: true });
  }

  deny(userId: string): Promise<void> {
    return this.#answer('deny', userId);
  }

  /** Their card goes at once; the host's next list says who still waits. */
  async #answer(what: 'admit' | 'deny', userId: string): Promise<void> {
    const before = this.#all;
    this.#all = before.filter((one) => one.userId !== userId);
    try {
      await this.#host.ask(what, { userId });
    } catch (error) {
      // They are gone, or somebody else was quicker.
      if ((error as Problem).code === 'NOT_FOUND') return;
      this.#all = before;
      throw error;
    }
  }
}
