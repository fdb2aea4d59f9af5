import {
  KIND_OF_SOURCE,
  type MediaKind,
  type Payload,
  ProtocolError,
  type Source,
} from '../../../../src-shared/protocol/index.ts';
import { consumerPriority } from './consumer-priority.ts';
import type { Notify } from '../session/client-connection.ts';
import type { MediaPeer } from '../ports.ts';

/** One producer of a person. */
export interface Publication {
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly source: Source;
  /** What the person wants; until it is live nothing flows either way. */
  paused: boolean;
  /** Of its consumers, see `consumerPriority`. */
  priority: number;
}

/** What becomes of a person's producers, as far as others may know of it. */
export interface PublicationListener {
  /** It may be seen and consumed from now on. */
  opened(producer: Publication): void;
  pausedOrResumed(producer: Publication, paused: boolean): void;
  closed(producer: Publication): void;
}

interface OwnPublication extends Publication {
  /** Settles when the media process has made it. */
  made: Promise<unknown>;
  /** `held`: made, silent and unseen. */
  state: 'making' | 'held' | 'live';
  /** Made while the person was prepared: silent until they join. */
  readonly silent: boolean;
  layersWanted: number | null;
}

const DEFAULT_SOURCE: Record<MediaKind, Source> = { audio: 'microphone', video: 'camera' };

/** What one person sends. Held until `goLive`. */
export class ParticipantPublications {
  readonly #peer: MediaPeer;
  readonly #notify: Notify;
  readonly #listener: PublicationListener;
  /** Runs what nobody waits for. */
  readonly #background: (work: Promise<unknown>) => void;
  readonly #allowed: () => boolean;
  readonly #producers = new Map<string, OwnPublication>();
  #live = false;

  constructor(options: {
    peer: MediaPeer;
    notify: Notify;
    listener: PublicationListener;
    background: (work: Promise<unknown>) => void;
    /** Whether the person may send at all, by their role. */
    allowed: () => boolean;
  }) {
    this.#peer = options.peer;
    this.#notify = options.notify;
    this.#listener = options.listener;
    this.#background = options.background;
    this.#allowed = options.allowed;
  }

  /**
   * @param transportId absent: whichever send transport there is
   * @throws {ProtocolError} FORBIDDEN, NOT_JOINED (not `held` while prepared), NOT_FOUND, LIMIT, CONFLICT, BAD_REQUEST
   */
  async produce(request: Payload<'produce'>, transportId?: string): Promise<string> {
    const { kind, rtpParameters, source = DEFAULT_SOURCE[kind], paused = false, held = false } = request;
    const producerId = request.producerId ?? crypto.randomUUID();
    if (KIND_OF_SOURCE[source] !== kind) throw new ProtocolError('BAD_REQUEST', `A ${source} is not ${kind}.`);
    if (!this.#allowed()) throw forbidden();
    // Someone who joined while this was on its way is live already: `held` has done its work.
    if (!this.#live && !held) throw new ProtocolError('NOT_JOINED', 'Join the meeting before sending.');
    if (this.#producers.has(producerId)) throw new ProtocolError('CONFLICT', 'This producer id is in use.');
    const silent = !this.#live;
    const made = this.#peer.produce({ kind, source, rtpParameters, paused: paused || silent, producerId, transportId });
    const publication: OwnPublication = {
      producerId,
      kind,
      source,
      paused,
      priority: consumerPriority(source, { speaking: false }),
      made,
      silent,
      state: 'making',
      layersWanted: null,
    };
    this.#producers.set(producerId, publication);
    try {
      await made;
    } catch (error) {
      this.#drop(publication);
      throw error;
    }
    if (this.#producers.get(producerId) !== publication) throw gone();
    publication.state = 'held';
    if (this.#live && !this.#open(publication)) throw forbidden();
    return producerId;
  }

  /** @throws {ProtocolError} NOT_FOUND */
  async pause(producerId: string): Promise<void> {
    await this.#setPaused(producerId, true);
  }

  /** @throws {ProtocolError} NOT_FOUND */
  async resume(producerId: string): Promise<void> {
    await this.#setPaused(producerId, false);
  }

  /** @throws {ProtocolError} NOT_FOUND */
  async close(producerId: string): Promise<void> {
    const publication = await this.#find(producerId);
    this.#peer.closeProducer(producerId);
    this.ended(publication.producerId);
  }

  /** What starts when the person joins. */
  get held(): Publication[] {
    if (!this.#allowed()) return [];
    return [...this.#producers.values()].filter(({ state }) => state === 'held');
  }

  /** The person has joined: what is held starts, unless they want it paused, and others may see it. */
  goLive(): void {
    this.#live = true;
    for (const publication of this.#producers.values()) if (publication.state === 'held') this.#open(publication);
  }

  /** The media process has ended a producer, with its transport. */
  ended(producerId: string): void {
    const publication = this.#producers.get(producerId);
    if (!publication) return;
    this.#drop(publication);
    if (publication.state === 'live') this.#listener.closed(publication);
  }

  layersWanted(producerId: string, spatialLayer: number): void {
    const publication = this.#producers.get(producerId);
    if (!publication) return;
    publication.layersWanted = spatialLayer;
    if (publication.state === 'live') this.#notify('producerLayersWanted', { producerId, spatialLayer });
  }

  /** The person has gone, and everything they send with them. */
  endAll(): void {
    for (const producerId of this.#producers.keys()) this.ended(producerId);
  }

  /** The media process has died with all of it; everyone is told that at once, not of each. */
  forgetAll(): void {
    this.#producers.clear();
  }

  /** False: they may not send after all, and it has ended. */
  #open(publication: OwnPublication): boolean {
    if (!this.#allowed()) {
      this.#peer.closeProducer(publication.producerId);
      this.#drop(publication);
      return false;
    }
    publication.state = 'live';
    if (publication.silent && !publication.paused) this.#background(this.#peer.resumeProducer(publication.producerId));
    this.#listener.opened(publication);
    if (publication.layersWanted !== null) {
      this.#notify('producerLayersWanted', {
        producerId: publication.producerId,
        spatialLayer: publication.layersWanted,
      });
    }
    return true;
  }

  async #setPaused(producerId: string, paused: boolean): Promise<void> {
    const publication = await this.#find(producerId);
    const changed = publication.paused !== paused;
    publication.paused = paused;
    if (publication.state !== 'live') return;
    await (paused ? this.#peer.pauseProducer(producerId) : this.#peer.resumeProducer(producerId));
    if (changed) this.#listener.pausedOrResumed(publication, paused);
  }

  /** Waits until it is made: clients name a producer in the same flight that makes it. */
  async #find(producerId: string): Promise<OwnPublication> {
    const publication = this.#producers.get(producerId);
    if (!publication) throw gone();
    if (publication.state === 'making') await publication.made;
    if (this.#producers.get(producerId) !== publication) throw gone();
    return publication;
  }

  #drop(publication: OwnPublication): void {
    if (this.#producers.get(publication.producerId) === publication) this.#producers.delete(publication.producerId);
  }
}

function forbidden(): ProtocolError {
  return new ProtocolError('FORBIDDEN', 'You were invited to watch and to listen, not to send.');
}

function gone(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'You have no such producer.');
}
