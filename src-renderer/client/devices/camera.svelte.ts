import type { Preferences } from '../settings/preferences.svelte.ts';
import { cameraConstraints } from './constraints.ts';
import type { CameraView } from '../view.ts';
import { InputDevice } from './input.svelte.ts';

export class Camera extends InputDevice implements CameraView {
  override readonly kind = 'camera';
  readonly #stream = $derived(this.on && this.track ? new MediaStream([this.track]) : null);

  constructor(preferences: Preferences) {
    const constraints = () => cameraConstraints(preferences.capture);
    super({ kind: 'camera', openWhileOff: false, constraints }, preferences);
  }

  get stream(): MediaStream | null {
    return this.#stream;
  }
}
