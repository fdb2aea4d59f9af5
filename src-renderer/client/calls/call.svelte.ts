import type { IceCandidateInit } from '../../../src-shared/protocol/index.ts';
import type { InputDevice } from '../devices/input.svelte.ts';
import type { SoundView } from '../view.ts';
import { DirectCall } from './direct-call.ts';
import type { DirectCallOptions } from './direct-call.ts';
import type { CallView } from './view.ts';

/** How a connection is made; tests make none. */
export type MakeDirectCall = (options: DirectCallOptions) => DirectCall;
const makeDirectCall: MakeDirectCall = (options) => new DirectCall(options);

export interface CallOptions {
  name: () => string | null;
  devices: { readonly microphone: InputDevice; readonly camera: InputDevice };
  candidate: (candidate: IceCandidateInit) => void;
  /** The connection to the other side is lost, for a moment or finally. */
  broken?: (how: 'disconnected' | 'failed') => void;
  make?: MakeDirectCall | undefined;
}

/** One call, across reconnections: each uses a new peer connection. */
export class Call implements CallView {
  readonly #options: CallOptions;
  #direct: DirectCall | null = null;
  #tracks: MediaStreamTrack[] = [];
  #connected = $state(false);
  #since = $state<number | null>(null);
  #picture = $state.raw<MediaStream | null>(null);
  #sounds = $state.raw<readonly SoundView[]>([]);
  #release: () => void = () => undefined;

  constructor(options: CallOptions) {
    this.#options = options;
  }

  get name(): string | null {
    return this.#options.name();
  }
  get state(): CallView['state'] {
    if (this.#connected) return 'connected';
    return this.#since === null ? 'connecting' : 'reconnecting';
  }
  get picture(): MediaStream | null {
    return this.#picture;
  }
  get sounds(): readonly SoundView[] {
    return this.#sounds;
  }
  get since(): number | null {
    return this.#since;
  }

  /** The connection there is; null: none yet. */
  get direct(): DirectCall | null {
    return this.#direct;
  }

  /** Begins a connection, in the place of the one there is. */
  open(): DirectCall {
    this.#direct?.close();
    this.#tracks = [];
    this.#connected = false;
    const { devices, candidate, make = makeDirectCall } = this.#options;
    const direct: DirectCall = make({
      microphone: devices.microphone,
      camera: devices.camera,
      listener: {
        candidate,
        received: (track) => this.#direct === direct && this.#received(track),
        changed: (state) => this.#direct === direct && this.#changed(state),
      },
    });
    this.#direct = direct;
    return direct;
  }

  close(): void {
    this.#direct?.close();
    this.#direct = null;
    this.#connected = false;
    this.#picture = null;
    this.#sounds = [];
    this.#release();
    this.#release = () => undefined;
  }

  /** Until then the last picture stays. */
  #received(track: MediaStreamTrack): void {
    this.#tracks.push(track);
    const of = (kind: string) => this.#tracks.filter((one) => one.kind === kind);
    if (track.kind === 'video') this.#picture = new MediaStream(of('video'));
    else this.#sounds = [{ id: track.id, stream: new MediaStream(of('audio')) }];
  }

  #changed(state: RTCPeerConnectionState): void {
    this.#connected = state === 'connected';
    if (state === 'connected') this.#begin();
    else if (state === 'disconnected' || state === 'failed') this.#options.broken?.(state);
  }

  #begin(): void {
    if (this.#since !== null) return;
    this.#since = Date.now();
    this.#release = this.#options.devices.camera.hold();
  }
}
