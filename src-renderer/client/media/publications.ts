import type { types } from 'mediasoup-client';
import * as v from 'valibot';
import { Source } from '../../../src-shared/protocol/index.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Publication } from './publication.ts';
import type { PublicationHost, WantedMedia } from './publication.ts';

const Sending = v.object({ source: Source, paused: v.boolean() });

/** The send transport and what goes over it: at most one publication per source. */
export class Publications implements PublicationHost {
  readonly transport: types.Transport;
  readonly #device: types.Device;
  readonly #signaling: RoomSignaling;
  readonly #publications = new Map<Source, Publication>();
  readonly #confirmations = new Map<string, Promise<void>>();
  #held: boolean;

  constructor(transport: types.Transport, device: types.Device, signaling: RoomSignaling, { held }: { held: boolean }) {
    this.transport = transport;
    this.#device = device;
    this.#signaling = signaling;
    this.#held = held;
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const sending = v.safeParse(Sending, appData);
      if (!sending.success) {
        failed(new TypeError('a producer needs a source'));
        return;
      }
      const producerId = crypto.randomUUID();
      const request = { kind, rtpParameters, ...sending.output, producerId, ...(this.#held && { held: true }) };
      const taken = this.#signaling.request('produce', request).then(() => undefined);
      this.#confirmations.set(producerId, taken);
      // Read later, by the publication.
      taken.catch(() => undefined);
      // The id is ours: nothing to wait for, and the next m-line is negotiated meanwhile.
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

  /** Sends `source` as wished. @throws the host's or the browser's error */
  async set(source: Source, wish: WantedMedia): Promise<void> {
    const publication = this.#publications.get(source);
    if (publication) return publication.set(wish);
    if (!wish.track) return;
    const created = new Publication(this, source);
    this.#publications.set(source, created);
    await created.set(wish);
  }

  async end(source: Source): Promise<void> {
    const publication = this.#publications.get(source);
    this.#publications.delete(source);
    await publication?.close();
    this.activate();
  }

  /** Tells the host again what it may have missed. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#publications.values()].map((publication) => publication.settle()));
  }

  limitLayers(producerId: string, spatialLayer: number): void {
    for (const publication of this.#publications.values()) {
      if (publication.producerId === producerId) publication.limitLayers(spatialLayer);
    }
  }

  codec(mimeType: string): types.RtpCodecCapability | undefined {
    return this.#device.sendRtpCapabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === mimeType);
  }

  async confirmed(producerId: string): Promise<void> {
    await this.#confirmations.get(producerId);
    this.#confirmations.delete(producerId);
  }

  tell(act: 'pauseProducer' | 'resumeProducer' | 'closeProducer', producerId: string): Promise<unknown> {
    return this.#signaling.request(act, { producerId });
  }
}
