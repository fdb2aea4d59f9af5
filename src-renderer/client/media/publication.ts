import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Source } from '../../../src-shared/protocol/index.ts';
import type { Reconcilable } from './reconciler.ts';
import { activeLayers, sendPolicy } from './send-policy.ts';

/** What to send of a source: nothing while `track` is null, silence while `paused`. */
export interface WantedMedia {
  track: MediaStreamTrack | null;
  paused: boolean;
}

/** What a publication needs of the transport it is sent over. */
export interface PublicationHost {
  readonly transport: types.Transport;
  /** Not yet joined: everything is negotiated, nothing is sent. */
  readonly held: boolean;
  codec(mimeType: string): types.RtpCodecCapability | undefined;
  /** Activates all publications; to be called when one of them has been negotiated. */
  activate(): void;
  /** Resolves when the host has accepted a producer whose creation was not awaited. */
  confirmed(producerId: string): Promise<void>;
  tell(act: 'pauseProducer' | 'resumeProducer' | 'closeProducer', producerId: string): Promise<unknown>;
}

/** One source being sent: what is wanted of it, the producer there is, and what the host knows of it. */
export class Publication implements Reconcilable {
  readonly #host: PublicationHost;
  readonly #source: Source;
  /** Null: its producer is to be closed, here and at the host. */
  #wanted: WantedMedia | null = null;
  #producer: types.Producer | null = null;
  /** The state that the host confirmed last; null: unknown, because a request failed. */
  #toldPaused: boolean | null = null;
  #layersWanted: number | null = null;
  /** Producers that have ended here and that the host may still know, oldest first. */
  readonly #toClose: string[] = [];

  constructor(host: PublicationHost, source: Source) {
    this.#host = host;
    this.#source = source;
  }

  get producerId(): string | null {
    return this.#producer?.id ?? null;
  }

  /** Takes effect when the reconciler is asked to settle it. Null ends it: here at once, for the others when the host receives the request. */
  want(wanted: WantedMedia | null): void {
    this.#wanted = wanted;
    if (!wanted) this.#retire();
  }

  /** Enables or disables sending of what is negotiated, from the next frame on. */
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

  /** Stops encoding the layers above `spatialLayer`; -1: nobody shows the video. */
  limitLayers(spatialLayer: number): void {
    this.#layersWanted = spatialLayer;
    this.activate();
  }

  next(): Promise<unknown> | null {
    // Made while it was no longer wanted.
    if (!this.#wanted) this.#retire();
    const [ended] = this.#toClose;
    // Before the next one is made: the others would see both, or only the one that has ended.
    if (ended !== undefined) return this.#tellClosed(ended);
    if (!this.#wanted) return null;
    const { track, paused } = this.#wanted;
    const producer = this.#producer;
    if (!producer || producer.closed) return track?.readyState === 'live' ? this.#produce(track, paused) : null;
    if (producer.track !== track && track?.readyState !== 'ended') return producer.replaceTrack({ track });
    return this.#toldPaused === paused ? null : this.#tellPaused(producer, paused);
  }

  async #tellPaused(producer: types.Producer, paused: boolean): Promise<void> {
    this.#toldPaused = null;
    await this.#host.tell(paused ? 'pauseProducer' : 'resumeProducer', producer.id);
    this.#toldPaused = paused;
  }

  async #tellClosed(producerId: string): Promise<void> {
    await this.#host.tell('closeProducer', producerId).catch((error: unknown) => {
      // The host knows none: the request that would have made it was lost, or it has closed it itself.
      if (!(error instanceof ProtocolError) || error.code !== 'NOT_FOUND') throw error;
    });
    this.#toClose.shift();
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
      this.#producer = this.#producer === producer ? null : this.#producer;
      producer.close();
      // Not refused: the host may have made it.
      if (!(error instanceof ProtocolError) && !this.#toClose.includes(producer.id)) this.#toClose.push(producer.id);
      throw error;
    }
  }

  /** Closes the producer here; the next step informs the host. */
  #retire(): void {
    const producer = this.#producer;
    this.#producer = null;
    if (!producer || producer.closed) return;
    producer.close();
    this.#toClose.push(producer.id);
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
