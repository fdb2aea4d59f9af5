import type { PowerSaveBlocker } from 'electron';

/**
 * Whether the person at this window is in a meeting. As long as they are, the display stays on; as
 * long as this computer hosts one, it does not fall asleep.
 */
export class SleepBlocker {
  readonly #blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly #hosts: () => boolean;
  #inMeeting = false;
  #held: { kind: Kind; id: number } | null = null;

  constructor(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>, hosts: () => boolean) {
    this.#blocker = blocker;
    this.#hosts = hosts;
  }

  get inMeeting(): boolean {
    return this.#inMeeting;
  }

  set(inMeeting: boolean): void {
    this.#inMeeting = inMeeting;
    this.#hold(inMeeting ? 'prevent-display-sleep' : this.#hosts() ? 'prevent-app-suspension' : null);
  }

  #hold(kind: Kind | null): void {
    if (kind === (this.#held?.kind ?? null)) return;
    const before = this.#held;
    this.#held = kind && { kind, id: this.#blocker.start(kind) };
    if (before) this.#blocker.stop(before.id);
  }
}

type Kind = 'prevent-display-sleep' | 'prevent-app-suspension';
