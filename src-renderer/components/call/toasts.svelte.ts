import { untrack } from 'svelte';

export interface Toast {
  text: string;
  /** What it tells of; it is dismissed when the person sees that. */
  about?: 'chat';
  action?: { label: string; run: () => void };
}

/** More than this waiting is noise: the oldest waiting one goes. */
const MOST_WAITING = 3;

/** Short messages at the top of the screen, one at a time, the action in them. */
export class Toasts {
  #waiting = $state.raw<readonly Toast[]>([]);

  get current(): Toast | null {
    return this.#waiting[0] ?? null;
  }

  /** Shows `toast` after the earlier ones. */
  show(toast: Toast): void {
    const [current, ...rest] = untrack(() => this.#waiting);
    this.#waiting = current ? [current, ...[...rest, toast].slice(-MOST_WAITING)] : [toast];
  }

  /** Removes `toast`, if it is still there. */
  dismiss(toast: Toast): void {
    this.#waiting = untrack(() => this.#waiting).filter((other) => other !== toast);
  }

  /** Removes all toasts about `subject`, waiting ones too. */
  dismissAbout(subject: NonNullable<Toast['about']>): void {
    this.#waiting = untrack(() => this.#waiting).filter(({ about }) => about !== subject);
  }
}
