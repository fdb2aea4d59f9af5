import { preferences as remembered } from '../settings/index.ts';
import type { Preferences } from '../settings/preferences.svelte.ts';
import type { DevicesView } from '../view.ts';
import { Camera } from './camera.svelte.ts';
import { openTogether } from './capture.ts';
import { realDevices } from './choice.ts';
import { Microphone } from './microphone.svelte.ts';
import { Speaker } from './speaker.svelte.ts';

/** This person's microphone, camera and speaker. */
export class Devices implements DevicesView {
  readonly microphone: Microphone;
  readonly camera: Camera;
  readonly speaker: Speaker;
  #opened: Promise<void> | null = null;

  constructor(preferences: Preferences = remembered) {
    this.microphone = new Microphone(preferences);
    this.camera = new Camera(preferences);
    this.speaker = new Speaker(preferences);
  }

  /** Again while open: the same opening. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  close(): void {
    this.#opened = null;
    mediaDevices()?.removeEventListener('devicechange', this.#changed);
    this.microphone.close();
    this.camera.close();
  }

  async #open(): Promise<void> {
    const microphone = this.microphone.begin();
    const camera = this.camera.begin();
    mediaDevices()?.addEventListener('devicechange', this.#changed);
    const opened = await openTogether({
      microphone: microphone?.constraints ?? null,
      camera: camera?.constraints ?? null,
    });
    if (opened.microphone) microphone?.done(opened.microphone);
    else microphone?.failed(opened.microphoneError);
    if (opened.camera) camera?.done(opened.camera);
    else camera?.failed(opened.cameraError);
    // Not before: without permission the browser hides the names of devices.
    await this.#refresh();
  }

  readonly #changed = (): void => void this.#refresh();

  async #refresh(): Promise<void> {
    const all = (await mediaDevices()?.enumerateDevices()) ?? [];
    const inputs = (kind: MediaDeviceKind) => realDevices(all.filter((device) => device.kind === kind));
    await Promise.all([
      this.microphone.devicesChanged(inputs('audioinput')),
      this.camera.devicesChanged(inputs('videoinput')),
      this.speaker.devicesChanged(all.filter(({ kind }) => kind === 'audiooutput')),
    ]);
  }
}

/** Undefined on a page without a secure context, although the type says otherwise. */
function mediaDevices(): MediaDevices | undefined {
  return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
}
