import type { PickedDisplay, Platform } from '../../platform/index.ts';
import type { InputDevice } from '../devices/input.svelte.ts';
import { deviceProblem } from '../devices/problem.ts';
import type { Media } from './media.ts';
import { passes, problemOf } from '../problem.ts';

/** What this person sends: microphone and camera as the devices say, and a screen when they share one. */
export class LocalMedia {
  readonly #media: Media;
  readonly #platform: Platform;
  readonly #undo: (() => void)[];
  #screen = $state.raw<MediaStream | null>(null);
  #closed = false;

  constructor(media: Media, devices: { microphone: InputDevice; camera: InputDevice }, platform: Platform) {
    this.#media = media;
    this.#platform = platform;
    // The camera first: its picture takes longer to reach the others.
    this.#undo = [this.#follow(devices.camera), this.#follow(devices.microphone)];
  }

  get sharing(): boolean {
    return this.#screen !== null;
  }

  /** The shared picture; null: not sharing. */
  get screenTrack(): MediaStreamTrack | null {
    return this.#screen?.getVideoTracks()[0] ?? null;
  }

  /** Lets the person pick a screen and sends it. @param ended called when sharing stops, for whatever reason */
  async share(quality: 'text' | 'motion', ended: () => void): Promise<void> {
    const picked = await this.#pick(quality);
    const picture = picked?.stream.getVideoTracks()[0];
    if (!picked || !picture) return;
    const screen = picked.stream;
    if (this.#closed) {
      // The meeting ended while the person was choosing.
      for (const track of screen.getTracks()) track.stop();
      return;
    }
    this.stopSharing();
    this.#screen = screen;
    picture.contentHint = picked.quality === 'text' ? 'detail' : 'motion';
    picture.addEventListener('ended', () => {
      if (this.#screen !== screen) return;
      this.stopSharing();
      ended();
    });
    const sound = screen.getAudioTracks()[0];
    try {
      await Promise.all([
        this.#media.send('screen', { track: picture, paused: false }),
        sound && this.#media.send('screen-audio', { track: sound, paused: false }),
      ]);
    } catch (error) {
      const problem = problemOf(error);
      // Tried again by itself.
      if (passes(problem)) return;
      this.stopSharing();
      ended();
      throw problem;
    }
  }

  stopSharing(): void {
    const screen = this.#screen;
    if (!screen) return;
    this.#screen = null;
    for (const track of screen.getTracks()) track.stop();
    for (const source of ['screen', 'screen-audio'] as const) this.#media.stopSending(source);
  }

  close(): void {
    this.#closed = true;
    this.stopSharing();
    for (const undo of this.#undo) undo();
  }

  async #pick(quality: 'text' | 'motion'): Promise<PickedDisplay | null> {
    try {
      return await this.#platform.pickDisplay({ quality });
    } catch (error) {
      // A device failure has no code of its own in the protocol.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw deviceProblem(error);
    }
  }

  /** Sends the device's track, and replaces it whenever it changes. Returns a function that stops this. */
  #follow(device: InputDevice): () => void {
    const send = (): void => {
      const wanted = { track: device.track, paused: !device.on || !device.track };
      // What passes is tried again by the reconciler.
      this.#media.send(device.kind, wanted).catch(() => undefined);
    };
    send();
    return device.subscribe(send);
  }
}
