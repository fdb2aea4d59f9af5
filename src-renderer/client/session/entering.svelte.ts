/** How long the host may take to answer until pre-join is shown again, and says so, ms. */
const ANSWER_MS = 300;

/** The moment after the click on *Join* in which the room is seen already, though the host has not answered. */
export class Entering {
  #now = $state(false);
  #late: ReturnType<typeof setTimeout> | undefined;

  get now(): boolean {
    return this.#now;
  }

  begin(): void {
    this.#now = true;
    this.#late = setTimeout(() => this.end(), ANSWER_MS);
  }

  /** The host has answered: the room stays. */
  answered(): void {
    clearTimeout(this.#late);
  }

  /** They are in, or shall see pre-join again. Idempotent. */
  end(): void {
    clearTimeout(this.#late);
    this.#now = false;
  }
}
