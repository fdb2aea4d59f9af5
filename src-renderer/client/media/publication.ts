import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Source } from '../../../src-shared/protocol/index.ts';
import { activeLayers, sendPolicy } from './send-policy.ts';
import { Convergence } from './convergence.ts';

/** What is to be sent of a source: nothing while `track` is null, silence while `paused`. */
export interface WantedMedia {
  track: MediaStreamTrack | null;
  paused: boolean;
}

/** What a publication needs of its session. */
export interface PublicationHost {
  readonly transport: types.Transport;
  /** Not yet joined: everything is negotiated, nothing is sent. */
  readonly held: boolean;
  codec(mimeType: string): types.RtpCodecCapability | undefined;
  /** Activates all publications of the session; to be called when one of them has been negotiated. */
  activate(): void;
  /** Resolves when the host has taken a producer that was announced to it without waiting. */
  confirmed(producerId: string): Promise<void>;
  tell(act: 'pauseProducer' | 'resumeProducer' | 'closeProducer', producerId: string): Promise<unknown>;
}

/**
 * One source being sent. It is told what is wished and works its way there, one step after the
 * other, however often the wish changes meanwhile.
 */
export class Publication {
  readonly #host: PublicationHost;
  readonly #source: Source;
  #wish: WantedMedia = { track: null, paused: true };
  #producer: types.Producer | null = null;
  /** What the host was last told; null: unknown, because telling failed. */
  #toldPaused: boolean | null = null;
  #layersWanted: number | null = null;
  /** A producer the host did not answer for: it may have made it nevertheless. */
  #unanswered: string | null = null;
  #closed = false;
  readonly #convergence = new Convergence(() => this.#next());

  constructor(host: PublicationHost, source: Source) {
    this.#host = host;
    this.#source = source;
  }

  get producerId(): string | null {
    return this.#producer?.id ?? null;
  }

  /** Resolves when the wish is fulfilled; rejects with the host's or the browser's error. */
  async set(wish: WantedMedia): Promise<void> {
    this.#wish = wish;
    await this.settle();
  }

  /** Works on whatever is not as wished; does nothing where all is. */
  settle(): Promise<void> {
    return this.#convergence.run();
  }

  /** Sends, or holds back, what is negotiated: takes effect with the next frame. */
  activate(): void {
    const sender = this.#producer?.rtpSender;
    if (!sender) return;
    const parameters = sender.getParameters();
    const active = activeLayers(parameters.encodings.length, this.#layersWanted ?? parameters.encodings.length - 1);
    const wanted = active.map((layer) => layer && !this.#host.held);
    if (parameters.encodings.every((encoding, index) => encoding.active === wanted[index])) return;
    parameters.encodings.forEach((encoding, index) => (encoding.active = wanted[index] ?? false));
    // Rejects only when the producer was closed meanwhile.
    sender.setParameters(parameters).catch(() => undefined);
  }

  /** Stops encoding the layers above `spatialLayer`; -1: nobody watches. */
  limitLayers(spatialLayer: number): void {
    this.#layersWanted = spatialLayer;
    this.activate();
  }

  #next(): Promise<unknown> | null {
    const { track, paused } = this.#wish;
    const producer = this.#producer;
    if (this.#unanswered !== null) return this.#disown(this.#unanswered);
    if (this.#closed) return producer && this.#end(producer);
    if (!producer || producer.closed) return track?.readyState === 'live' ? this.#produce(track, paused) : null;
    if (producer.track !== track && track?.readyState !== 'ended') return producer.replaceTrack({ track });
    return this.#toldPaused === paused ? null : this.#tell(producer, paused);
  }

  async #tell(producer: types.Producer, paused: boolean): Promise<void> {
    this.#toldPaused = null;
    await this.#host.tell(paused ? 'pauseProducer' : 'resumeProducer', producer.id);
    this.#toldPaused = paused;
  }

  async #produce(track: MediaStreamTrack, paused: boolean): Promise<void> {
    const { encodings, codecOptions, codec, degradationPreference } = sendPolicy(this.#source, heightOf(track));
    const chosen = this.#host.codec(codec);
    const producer = await this.#host.transport.produce({
      track,
      encodings: encodings.map((encoding) => ({ ...encoding, active: !this.#host.held })),
      codecOptions,
      ...(chosen && { codec: chosen }),
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source: this.#source, paused },
    });
    this.#producer = producer;
    this.#toldPaused = paused;
    // Joined, or told of layers, while this was negotiated; for the others see `Publications.activate`.
    this.#host.activate();
    if (degradationPreference) await preferDegradation(producer, degradationPreference);
    try {
      await this.#host.confirmed(producer.id);
    } catch (error) {
      producer.close();
      this.#producer = null;
      if (!(error instanceof ProtocolError)) this.#unanswered = producer.id;
      throw error;
    }
  }

  /** Ends it for the others, at once; what is just being made, as soon as it is. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#producer) await this.#end(this.#producer);
    await this.settle();
  }

  async #end(producer: types.Producer): Promise<void> {
    this.#producer = null;
    if (producer.closed) return;
    producer.close();
    await this.#host.tell('closeProducer', producer.id);
  }

  /** Or the others would see it beside the next, and never the next. */
  async #disown(producerId: string): Promise<void> {
    await this.#host.tell('closeProducer', producerId).catch((error: unknown) => {
      // The host knows none: the request was lost, not its answer.
      if (!(error instanceof ProtocolError)) throw error;
    });
    this.#unanswered = null;
  }
}

function heightOf(track: MediaStreamTrack): number {
  return track.getSettings().height ?? 720;
}

async function preferDegradation(producer: types.Producer, preference: RTCDegradationPreference): Promise<void> {
  const sender = producer.rtpSender;
  if (!sender) return;
  await sender.setParameters({ ...sender.getParameters(), degradationPreference: preference });
}
