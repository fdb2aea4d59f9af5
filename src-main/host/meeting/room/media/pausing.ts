/** A producer or consumer in the media process. */
interface Pausable {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/**
 * Whether a producer or consumer is paused: brings it from its actual state to the wanted one. The media
 * process is asked only for what it was not asked last, in the order it was wanted.
 */
export class Pausing {
  readonly #media: Pausable;
  #asked: { readonly paused: boolean; readonly done: Promise<void> } | null;

  /** @param paused as the media process has made it */
  constructor(media: Pausable, paused: boolean) {
    this.#media = media;
    this.#asked = { paused, done: Promise.resolve() };
  }

  /** Resolves when it is so. @throws {ProtocolError} NOT_FOUND: it has ended; MEDIA_RESTARTING */
  async set(paused: boolean): Promise<void> {
    if (this.#asked?.paused !== paused) {
      const asked = { paused, done: paused ? this.#media.pause() : this.#media.resume() };
      this.#asked = asked;
      asked.done.catch(() => {
        // What it is now is not known: whatever is wanted next is asked for.
        if (this.#asked === asked) this.#asked = null;
      });
    }
    await this.#asked.done;
  }
}
