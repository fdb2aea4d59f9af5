import { MAX_ICE_CANDIDATES } from '../../../../src-shared/limits.ts';
import { type IceCandidateInit, type Offer, ProtocolError } from '../../../../src-shared/protocol/index.ts';

export type Side = 'client' | 'professional';

/** The offer, answer and candidates of one appointment's call, stored for the side that connects later. */
export class DirectCall {
  readonly #candidates: Record<Side, IceCandidateInit[]> = { client: [], professional: [] };
  #offer: { readonly id: string; readonly offer: Offer; answered: boolean } | null = null;

  /** The offer that is not answered yet: WebRTC accepts one answer to each offer. */
  get waitingOffer(): { offer: Offer; offerId: string } | null {
    if (!this.#offer || this.#offer.answered) return null;
    return { offer: this.#offer.offer, offerId: this.#offer.id };
  }

  /** Replaces an earlier offer, and drops what belonged to it. */
  offer(offer: Offer): void {
    if (this.#offer) this.forget();
    this.#offer = { id: crypto.randomUUID(), offer, answered: false };
  }

  /**
   * @param offerId which offer is meant; absent: whichever waits
   * @throws {ProtocolError} CONFLICT: the offer has been answered, or is not the latest
   */
  answer(offerId?: string): void {
    if (!this.#offer || this.#offer.answered) {
      throw new ProtocolError('CONFLICT', 'This client has no offer that waits for an answer.');
    }
    if (offerId !== undefined && offerId !== this.#offer.id) {
      throw new ProtocolError('CONFLICT', 'The client has made another offer since. Answer that one.');
    }
    this.#offer.answered = true;
  }

  /** @throws {ProtocolError} NOT_FOUND: the professional's belong to an answer; LIMIT */
  keep(side: Side, candidate: IceCandidateInit): void {
    if (side === 'professional' && !this.#offer) {
      throw new ProtocolError('NOT_FOUND', 'This client has made no offer, or has hung up.');
    }
    if (this.#candidates[side].length >= MAX_ICE_CANDIDATES) {
      throw new ProtocolError('LIMIT', `A call keeps at most ${MAX_ICE_CANDIDATES} candidates of each side.`);
    }
    this.#candidates[side].push(candidate);
  }

  candidatesOf(side: Side): IceCandidateInit[] {
    return [...this.#candidates[side]];
  }

  forgetCandidatesOf(side: Side): void {
    this.#candidates[side] = [];
  }

  forget(): void {
    this.#offer = null;
    this.forgetCandidatesOf('client');
    this.forgetCandidatesOf('professional');
  }
}
