/** How long the controls stay without movement. */
export const FADE_MS = 3000;

/**
 * Controls that fade when nobody needs them, and come back at the first movement. Never under a finger:
 * without hovering, nothing would bring them back but a touch of what lies below them.
 */
export class Fading {
  #shown = $state(true);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = matchMedia('(hover: none)').matches;
  readonly #held: () => boolean;

  /** @param held whether they must stay just now: the pointer or the focus is in them, a menu is open */
  constructor(held: () => boolean) {
    this.#held = held;
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** A pointer moved, or came down. */
  readonly point = ({ pointerType }: Pick<PointerEvent, 'pointerType'>): void => {
    this.#touched = pointerType === 'touch';
    this.stir();
  };

  /** Somebody did something. */
  readonly stir = (): void => {
    this.#shown = true;
    clearTimeout(this.#timer);
    if (this.#touched) return;
    this.#timer = setTimeout(() => {
      if (this.#held()) this.stir();
      else this.#shown = false;
    }, FADE_MS);
  };

  stop(): void {
    clearTimeout(this.#timer);
  }
}
