import type { SoundView } from '../../view.ts';

/** What is played of the others: one sound per producer, under an id that stays. */
export class Sounds {
  readonly #byProducer = new Map<string, SoundView>();
  #all = $state.raw<readonly SoundView[]>([]);

  get all(): readonly SoundView[] {
    return this.#all;
  }

  /** The same track again changes nothing. */
  play(producerId: string, track: MediaStreamTrack): void {
    if (this.#byProducer.get(producerId)?.stream.getTracks()[0] === track) return;
    this.#byProducer.set(producerId, { id: producerId, stream: new MediaStream([track]) });
    this.#all = [...this.#byProducer.values()];
  }

  stop(producerIds: Iterable<string>): void {
    let stopped = false;
    for (const producerId of producerIds) stopped = this.#byProducer.delete(producerId) || stopped;
    if (stopped) this.#all = [...this.#byProducer.values()];
  }
}
