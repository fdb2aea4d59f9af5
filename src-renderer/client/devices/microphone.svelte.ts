import type { Preferences } from '../settings/preferences.svelte.ts';
import { microphoneConstraints } from './constraints.ts';
import type { MicrophoneView } from '../view.ts';
import { InputDevice } from './input.svelte.ts';
import { LevelMeter } from './level.svelte.ts';

export class Microphone extends InputDevice implements MicrophoneView {
  override readonly kind = 'microphone';
  readonly #meter = new LevelMeter(() => this.track);

  constructor(preferences: Preferences) {
    super({ kind: 'microphone', openWhileOff: true, constraints: () => microphoneConstraints }, preferences);
  }

  get level(): number {
    return this.#meter.level;
  }
}
