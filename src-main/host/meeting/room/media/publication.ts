import type { Permission } from '../../../../../src-shared/permissions.ts';
import {
  type MediaKind,
  type Producer,
  ProtocolError,
  type RtpParameters,
  type Source,
} from '../../../../../src-shared/protocol/index.ts';
import type { Clock, MediaProducer } from '../../ports.ts';
import { consumerPriority } from './consumer-priority.ts';
import { type Demand, LayerDemand } from './layer-demand.ts';
import type { Participant } from '../../participants/participant.ts';
import { Pausing } from './pausing.ts';

/**
 * - `making`: the media process has been asked for it
 * - `held`: made; silent and unseen until its owner joins
 * - `live`: others see it and can consume it
 */
type PublicationState = 'making' | 'held' | 'live' | 'ended';

const NEXT: Record<PublicationState, readonly PublicationState[]> = {
  making: ['held', 'ended'],
  held: ['live', 'ended'],
  live: ['ended'],
  ended: [],
};

/** What a participant sends: one producer, from the request for it to its end. */
export class Publication {
  readonly owner: Participant;
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly source: Source;
  /** What its owner wants; until it is live nothing flows either way. */
  wanted: { readonly paused: boolean };
  /** Of its consumers, see `consumerPriority`. */
  priority: number;
  readonly #clock: Clock;
  #state: PublicationState = 'making';
  #made: Promise<void> = Promise.resolve();
  #producer: MediaProducer | null = null;
  /** Its actual state in the media process. */
  #pausing: Pausing | null = null;
  /** Of a picture, once it is made. */
  #layers: LayerDemand | null = null;

  constructor(options: {
    owner: Participant;
    producerId: string;
    kind: MediaKind;
    source: Source;
    /** As the owner wants it. */
    paused: boolean;
    clock: Clock;
  }) {
    this.owner = options.owner;
    this.producerId = options.producerId;
    this.kind = options.kind;
    this.source = options.source;
    this.wanted = { paused: options.paused };
    this.priority = consumerPriority(options.source, { speaking: false });
    this.#clock = options.clock;
  }

  get state(): PublicationState {
    return this.#state;
  }

  /** What its owner may not do and would have to, in order to send it; null: they may. */
  get missingPermission(): Permission | null {
    if (!this.owner.may('publish')) return 'publish';
    const isShare = this.source === 'screen' || this.source === 'screen-audio';
    return isShare && !this.owner.may('share') ? 'share' : null;
  }

  /** Whether its owner, who wants it on, may not turn it on: the host keeps it paused until they do so or may. */
  get mustBePaused(): boolean {
    if (this.source !== 'microphone' || this.wanted.paused || !this.owner.present) return false;
    return this.owner.membership.microphone === 'muted' || !this.owner.may('unmute');
  }

  /** Settles when the media process has made it: clients name a producer in the same flight that makes it. */
  get made(): Promise<void> {
    return this.#made;
  }

  /** As others see it. @throws {ProtocolError} NOT_JOINED: its owner has not joined */
  describe(): Producer {
    const { producerId, kind, source, wanted } = this;
    const { connection, membership } = this.owner;
    const { userId, userName } = membership;
    return { producerId, socketId: connection.id, userId, userName, kind, source, paused: wanted.paused };
  }

  /**
   * Has the media process make it: silent, unless its owner is in the room.
   *
   * @param transportId absent: whichever send transport they have
   * @param onEnd called when it has ended with its transport
   * @throws {ProtocolError} NOT_FOUND, CONFLICT, BAD_REQUEST, MEDIA_RESTARTING
   */
  make(rtpParameters: RtpParameters, transportId: string | undefined, onEnd: () => void): Promise<void> {
    const { kind, source, producerId, owner } = this;
    const paused = this.wanted.paused || !owner.present;
    const making = owner.media.produce({ kind, source, rtpParameters, paused, producerId, transportId }, { onEnd });
    this.#made = making.then((producer) => {
      if (this.#state === 'ended') {
        producer.close();
        throw noSuchProducer();
      }
      this.#producer = producer;
      this.#pausing = new Pausing(producer, paused);
      this.#become('held');
      if (kind !== 'video') return;
      this.#layers = new LayerDemand({
        top: producer.topLayer,
        clock: this.#clock,
        tell: (spatialLayer) => owner.connection.notify('producerLayersWanted', { producerId, spatialLayer }),
      });
    });
    return this.#made;
  }

  /** Others see it, and can consume it, from now on. */
  open(): void {
    this.#become('live');
  }

  /**
   * Pauses or resumes it in the media process, as its owner wants it.
   *
   * @throws {ProtocolError} NOT_FOUND: it has ended; MEDIA_RESTARTING
   */
  async settle(): Promise<void> {
    if (this.#state !== 'live') return;
    await this.#pausing?.set(this.wanted.paused);
    this.#updateLayers();
  }

  /** A subscription asks for something else than before; null: it is not there. */
  demand(before: Demand | null, after: Demand | null): void {
    this.#layers?.change(before, after);
  }

  /** Closes it in the media process. */
  close(): void {
    this.#producer?.close();
  }

  /** It has ended in the media process, or does with its transport. Idempotent. */
  end(): void {
    if (this.#state === 'ended') return;
    this.#become('ended');
    this.#updateLayers();
  }

  /** Its owner is told which layers are needed while it flows. */
  #updateLayers(): void {
    if (this.#layers) this.#layers.active = this.#state === 'live' && !this.wanted.paused;
  }

  #become(next: PublicationState): void {
    if (!NEXT[this.#state].includes(next))
      throw new Error(`A publication that is ${this.#state} cannot become ${next}.`);
    this.#state = next;
  }
}

export function noSuchProducer(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'You have no such producer.');
}
