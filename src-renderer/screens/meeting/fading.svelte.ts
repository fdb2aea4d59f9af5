/** How long the controls stay without movement. */
export const FADE_MS = 3000;

/** Controls that fade when nobody needs them, and come back at the first movement. */
export class Fading {
  #shown = $state(true);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #held: () => boolean;

  /** @param held whether they must stay just now: the pointer or the focus is in them, a menu is open */
  constructor(held: () => boolean) {
    this.#held = held;
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** Somebody moved. */
  readonly stir = (): void => {
    this.#shown = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#held()) this.stir();
      else this.#shown = false;
    }, FADE_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }
}
