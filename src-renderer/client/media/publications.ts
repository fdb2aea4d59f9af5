import type { types } from 'mediasoup-client';
import * as v from 'valibot';
import { Source } from '../../../src-shared/protocol/index.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Publication } from './publication.ts';
import type { PublicationHost, WantedMedia } from './publication.ts';
import type { Reconciler } from './reconciler.ts';

const ProducerData = v.object({ source: Source, paused: v.boolean() });

export interface PublicationsOptions {
  device: types.Device;
  signaling: Pick<RoomSignaling, 'request'>;
  reconciler: Reconciler;
  /** Prepared: negotiated, but not sent. */
  held: boolean;
}

/** The send transport and what goes over it: at most one publication per source. */
export class Publications implements PublicationHost {
  readonly transport: types.Transport;
  readonly #options: PublicationsOptions;
  readonly #publications = new Map<Source, Publication>();
  readonly #confirmations = new Map<string, Promise<void>>();
  #held: boolean;

  constructor(transport: types.Transport, options: PublicationsOptions) {
    this.transport = transport;
    this.#options = options;
    this.#held = options.held;
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const data = v.safeParse(ProducerData, appData);
      if (!data.success) {
        failed(new TypeError('a producer needs a source'));
        return;
      }
      const producerId = crypto.randomUUID();
      const request = { kind, rtpParameters, ...data.output, producerId, ...(this.#held && { held: true }) };
      const taken = options.signaling.request('produce', request).then(() => undefined);
      this.#confirmations.set(producerId, taken);
      // Read later, by the publication.
      taken.catch(() => undefined);
      // The client chooses the id, so it need not wait, and the next m-line is negotiated meanwhile.
      done({ id: producerId });
    });
  }

  get held(): boolean {
    return this.#held;
  }

  /** Joined: what is made from now on flows at once, what was made so far with `activate`. */
  release(): void {
    this.#held = false;
  }

  /**
   * Sets again which encodings are sent, where they are not as wanted: Chromium forgets what was set
   * of one sender while it negotiated another. To be called after each negotiation.
   */
  activate(): void {
    for (const publication of this.#publications.values()) publication.activate();
  }

  /** Sends `source` as wanted. Rejects with the error of a request that failed, which may be tried again nevertheless. */
  async want(source: Source, wanted: WantedMedia): Promise<void> {
    const publication = this.#publications.get(source) ?? new Publication(this, source);
    this.#publications.set(source, publication);
    publication.want(wanted);
    await this.#options.reconciler.settle(publication);
  }

  /** Stops sending `source` at once. The host is informed as soon as it can be reached. */
  end(source: Source): void {
    const publication = this.#publications.get(source);
    if (!publication) return;
    publication.want(null);
    this.#options.reconciler.settle(publication).catch(() => undefined);
    this.activate();
  }

  limitLayers(producerId: string, spatialLayer: number): void {
    for (const publication of this.#publications.values()) {
      if (publication.producerId === producerId) publication.limitLayers(spatialLayer);
    }
  }

  codec(mimeType: string): types.RtpCodecCapability | undefined {
    const { codecs } = this.#options.device.sendRtpCapabilities;
    return codecs?.find((codec) => codec.mimeType.toLowerCase() === mimeType);
  }

  async confirmed(producerId: string): Promise<void> {
    try {
      await this.#confirmations.get(producerId);
    } finally {
      this.#confirmations.delete(producerId);
    }
  }

  tell(act: 'pauseProducer' | 'resumeProducer' | 'closeProducer', producerId: string): Promise<unknown> {
    return this.#options.signaling.request(act, { producerId });
  }
}
