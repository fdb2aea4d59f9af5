import { createSubscriber } from 'svelte/reactivity';

const INTERVAL_MS = 50;
/** The range a voice moves in, dBFS; below is silence, above is loud. */
const QUIET = -60;
const LOUD = -12;
/** What is left of the level after one interval of silence: a meter rises at once and falls slowly. */
const FALL = 0.8;

/** The level of a block of samples, 0 to 1, on a scale that fits a meter. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length || Number.MIN_VALUE);
  return Math.min(Math.max((decibels - QUIET) / (LOUD - QUIET), 0), 1);
}

/** Measures the level of a microphone's track while it is shown. */
export class LevelMeter {
  readonly #track: () => MediaStreamTrack | null;
  readonly #subscribe: () => void;
  #level = 0;
  #update: () => void = () => undefined;
  #tap: Tap | null = null;

  constructor(track: () => MediaStreamTrack | null) {
    this.#track = track;
    this.#subscribe = createSubscriber((update) => {
      this.#update = update;
      const timer = setInterval(() => this.#measure(), INTERVAL_MS);
      return () => {
        clearInterval(timer);
        this.#tap?.close();
        this.#tap = null;
        this.#level = 0;
      };
    });
  }

  /** Reactive, 0 to 1. */
  get level(): number {
    this.#subscribe();
    return this.#level;
  }

  #measure(): void {
    const track = this.#track();
    if (this.#tap?.track !== track) {
      this.#tap?.close();
      this.#tap = track && new Tap(track);
    }
    const heard = track?.enabled ? (this.#tap?.read() ?? 0) : 0;
    const level = Math.max(heard, this.#level * FALL);
    const settled = level < 0.01 ? 0 : level;
    if (settled === this.#level) return;
    this.#level = settled;
    this.#update();
  }
}

/** Reads the samples of one track. */
class Tap {
  readonly track: MediaStreamTrack;
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    this.track = track;
    this.#analyser.fftSize = 2048;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
  }

  read(): number {
    // A page opened by its address may not start audio before the first gesture.
    if (this.#context.state === 'suspended') void this.#context.resume();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return levelOf(this.#samples);
  }

  close(): void {
    void this.#context.close();
  }
}
