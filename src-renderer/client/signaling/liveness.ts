/** How long the host may give no sign of life once one is expected, ms. */
const SIGN_OF_LIFE_MS = 2000;
/** After this part of it the host is asked for one, ms. */
const ASK_MS = 1000;
/** A timer that fires this much too late says that the page stood still, not the host; ms. */
const LATE_MS = 500;

export interface LivenessListener {
  /** The host is to be asked something it answers at once. */
  ask(): void;
  /** Nothing was heard: the socket is dead, whatever the browser believes. */
  dead(): void;
}

/**
 * Notices a dead socket. A network that is gone closes no socket: without this it would be noticed by
 * the missing pings only, after up to 15 s.
 */
export class Liveness {
  readonly #listener: LivenessListener;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: LivenessListener) {
    this.#listener = listener;
  }

  /** A request has been sent: something has to be heard soon. */
  expect(): void {
    this.#after(ASK_MS, () => this.#ask(SIGN_OF_LIFE_MS - ASK_MS));
  }

  /** The network may be another one: the host is asked now. */
  check(): void {
    this.stop();
    this.#ask(SIGN_OF_LIFE_MS);
  }

  /** Something has been heard. Nothing is expected any more; also to be called when there is no socket. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #ask(ms: number): void {
    this.#listener.ask();
    this.#after(ms, () => this.#listener.dead());
  }

  #after(ms: number, work: () => void): void {
    // What is expected already is not expected later because more is asked.
    if (this.#timer !== undefined) return;
    const due = Date.now() + ms;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // What has arrived while the page stood still has not been handled yet.
      if (Date.now() - due > LATE_MS) this.#after(ms, work);
      else work();
    }, ms);
  }
}
