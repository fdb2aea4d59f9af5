import type { types } from 'mediasoup';
import type { MediaRoomListener } from '../meeting/ports.ts';

/** How often loudness is told, ms. */
const LEVELS_INTERVAL_MS = 250;
/** The loudest few are told; quieter than this, in dBov, is silence. */
const LEVELS_MAX_ENTRIES = 12;
const LEVELS_THRESHOLD_DBOV = -60;

type SpeakersListener = Pick<MediaRoomListener, 'activeSpeaker' | 'audioLevels'>;

/**
 * Who speaks now. mediasoup names the dominant speaker when it changes, and never says that they
 * fell silent; the loudness of all tells that.
 */
export class SpeakerState {
  readonly #listener: SpeakersListener;
  #dominant: string | null = null;
  #audible = false;
  #told: string | null = null;

  constructor(listener: SpeakersListener) {
    this.#listener = listener;
  }

  dominant(producerId: string): void {
    this.#dominant = producerId;
    this.#tell();
  }

  /** @param levels those who can be heard; empty: silence */
  levels(levels: { producerId: string; dBov: number }[]): void {
    this.#audible = levels.length > 0;
    this.#listener.audioLevels(levels);
    this.#tell();
  }

  ended(producerId: string): void {
    if (this.#dominant === producerId) this.#dominant = null;
    this.#tell();
  }

  #tell(): void {
    const speaker = this.#audible ? this.#dominant : null;
    if (speaker === this.#told) return;
    this.#told = speaker;
    this.#listener.activeSpeaker(speaker);
  }
}

/** Listens to the microphones of a router. */
export class Speakers {
  readonly #state: SpeakerState;
  readonly #observers: readonly types.RtpObserver[];

  private constructor(state: SpeakerState, observers: readonly types.RtpObserver[]) {
    this.#state = state;
    this.#observers = observers;
  }

  static async observe(router: types.Router, listener: SpeakersListener): Promise<Speakers> {
    const [dominant, levels] = await Promise.all([
      router.createActiveSpeakerObserver(),
      router.createAudioLevelObserver({
        interval: LEVELS_INTERVAL_MS,
        maxEntries: LEVELS_MAX_ENTRIES,
        threshold: LEVELS_THRESHOLD_DBOV,
      }),
    ]);
    const state = new SpeakerState(listener);
    dominant.on('dominantspeaker', ({ producer }) => state.dominant(producer.id));
    levels.on('volumes', (volumes) =>
      state.levels(volumes.map(({ producer, volume }) => ({ producerId: producer.id, dBov: volume }))),
    );
    levels.on('silence', () => state.levels([]));
    return new Speakers(state, [dominant, levels]);
  }

  /** Listens to a microphone until it is closed. */
  async add(microphone: types.Producer): Promise<void> {
    microphone.observer.once('close', () => this.#state.ended(microphone.id));
    await Promise.all(this.#observers.map((observer) => observer.addProducer({ producerId: microphone.id })));
  }
}
