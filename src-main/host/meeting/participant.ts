import {
  type Consumer,
  type Direction,
  type DtlsParameters,
  type IceParameters,
  type Participant as ParticipantInfo,
  ProtocolError,
  type Role,
  type RtpCapabilities,
  type TransportOptions,
  type WarmUp,
} from '../../../src-shared/protocol/index.ts';
import type { Connection } from './connection.ts';
import type { Log } from './log.ts';
import type { MediaPeer, MediaRoom } from './ports.ts';
import { type Receivable, Receiving } from './receiving.ts';
import type { Seat } from './seats.ts';
import { type OwnProducer, Sending } from './sending.ts';

/** A person's life on the host, one stage at a time: prepared → joined ⇄ lost → gone. */
type Life =
  /** Nobody yet: connected, perhaps with media made ready, in no list. */
  | { readonly stage: 'prepared' }
  | { readonly stage: 'joined'; readonly seat: Seat; readonly joinedAt: number }
  /** The connection is gone; seat and media are kept until the recovery window ends. */
  | { readonly stage: 'lost'; readonly seat: Seat; readonly joinedAt: number; readonly stopWaiting: () => void }
  | { readonly stage: 'gone' };

const NEXT: Record<Life['stage'], readonly Life['stage'][]> = {
  prepared: ['joined', 'gone'],
  joined: ['lost', 'gone'],
  lost: ['joined', 'gone'],
  gone: [],
};

/** What a person's room learns of their producers. */
export interface ParticipantListener {
  opened(person: Participant, producer: OwnProducer): void;
  pausedOrResumed(person: Participant, producer: OwnProducer, paused: boolean): void;
  closed(person: Participant, producer: OwnProducer): void;
}

export interface OpenedMedia {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
  consumers: Consumer[];
}

/** One person in one room through one connection. */
export class Participant {
  readonly connection: Connection;
  readonly sending: Sending;
  readonly receiving: Receiving;
  /** What they said they can receive; with it consumers come without being asked for. */
  rtpCapabilities: RtpCapabilities | null = null;
  /** As what they will join, while they only prepare; null: their invite does not say. */
  invitedAs: Role | null = null;
  readonly #peer: MediaPeer;
  readonly #onGone: () => void;
  #life: Life = { stage: 'prepared' };

  /** @param options.onGone called once, when this life has ended for whatever reason */
  constructor(options: {
    connection: Connection;
    media: MediaRoom;
    listener: ParticipantListener;
    onGone: () => void;
    log: Log;
  }) {
    const { connection, listener, log } = options;
    this.connection = connection;
    this.#onGone = options.onGone;
    this.#peer = options.media.openPeer(
      {
        producerClosed: (producerId) => this.sending.ended(producerId),
        producerLayersWanted: (producerId, layer) => this.sending.layersWanted(producerId, layer),
        consumerLayersChanged: (consumerId, layers) => this.receiving.layersChanged(consumerId, layers),
      },
      connection,
    );
    const background = (work: Promise<unknown>) => {
      work.catch((error: unknown) => {
        // A refusal here means that what was to be served has ended meanwhile, or cannot be consumed.
        if (!(error instanceof ProtocolError)) log.warn('media request failed', { error });
      });
    };
    const notify = connection.notify;
    this.receiving = new Receiving({ peer: this.#peer, notify, background });
    this.sending = new Sending({
      peer: this.#peer,
      notify,
      background,
      allowed: () => this.#role !== 'viewer',
      listener: {
        opened: (producer) => listener.opened(this, producer),
        pausedOrResumed: (producer, paused) => listener.pausedOrResumed(this, producer, paused),
        closed: (producer) => listener.closed(this, producer),
      },
    });
  }

  get stage(): Life['stage'] {
    return this.#life.stage;
  }

  get lost(): boolean {
    return this.#life.stage === 'lost';
  }

  /** @throws {ProtocolError} NOT_JOINED */
  get seat(): Seat {
    return this.#stay.seat;
  }

  /** Since when they are in, epoch ms; coming back does not change it. @throws {ProtocolError} NOT_JOINED */
  get joinedAt(): number {
    return this.#stay.joinedAt;
  }

  /** As others see them. @throws {ProtocolError} NOT_JOINED */
  describe(): ParticipantInfo {
    const { userId, userName, role, hand } = this.seat;
    return {
      socketId: this.connection.id,
      userId,
      userName,
      role,
      isHost: role === 'host',
      hand,
      connection: this.lost ? 'lost' : 'ok',
    };
  }

  sit(seat: Seat, joinedAt: number): void {
    this.#become({ stage: 'joined', seat, joinedAt });
  }

  /** @param stopWaiting cancels the end of the recovery window */
  lose(stopWaiting: () => void): void {
    this.#become({ stage: 'lost', seat: this.seat, joinedAt: this.joinedAt, stopWaiting });
  }

  recover(): void {
    if (this.#life.stage === 'lost') this.#life.stopWaiting();
    this.#become({ stage: 'joined', seat: this.seat, joinedAt: this.joinedAt });
  }

  /** Ends this life; others have been told, or need not be. */
  end(): void {
    if (this.#life.stage === 'lost') this.#life.stopWaiting();
    this.#become({ stage: 'gone' });
    this.#peer.close();
    this.#onGone();
  }

  /** Replaces an earlier transport of this direction, with its media. */
  async createTransport(direction: Direction): Promise<TransportOptions> {
    const transport = await this.#openTransport(direction, false);
    if (direction === 'recv' && this.rtpCapabilities) this.receiving.offerAll([], this.rtpCapabilities);
    return transport;
  }

  /** @param transportId absent: whichever they have of this direction */
  connectTransport(direction: Direction, dtlsParameters: DtlsParameters, transportId?: string): Promise<void> {
    return this.#peer.connectTransport(direction, dtlsParameters, transportId);
  }

  restartIce(transportId: string): Promise<IceParameters> {
    return this.#peer.restartIce(transportId);
  }

  /** Both transports, and nothing on them. */
  async openTransports(): Promise<Pick<OpenedMedia, 'sendTransport' | 'recvTransport'>> {
    const [sendTransport, recvTransport] = await Promise.all([
      this.#openTransport('send', false),
      this.#openTransport('recv', false),
    ]);
    return { sendTransport, recvTransport };
  }

  /**
   * Both transports and a paused consumer of each producer; later ones are offered as they come.
   *
   * @param producers what there is to receive now
   * @param options.data with SCTP, for `warmUp`
   */
  async openMedia(
    producers: () => readonly Receivable[],
    rtpCapabilities: RtpCapabilities,
    { data }: { data: boolean },
  ): Promise<OpenedMedia> {
    this.rtpCapabilities = rtpCapabilities;
    const [sendTransport, [recvTransport, consumers]] = await Promise.all([
      this.#openTransport('send', data),
      this.#openTransport('recv', data).then(
        async (transport) => [transport, await this.receiving.consumeAll(producers, rtpCapabilities)] as const,
      ),
    ]);
    this.receiving.offerAll(producers(), rtpCapabilities);
    return { sendTransport, recvTransport, consumers };
  }

  warmUp(): Promise<WarmUp> {
    return this.#peer.warmUp();
  }

  mediaRestarted(): void {
    this.sending.forgetAll();
    this.receiving.forgetAll();
  }

  get #role(): Role | null {
    return this.#life.stage === 'joined' || this.#life.stage === 'lost' ? this.#life.seat.role : this.invitedAs;
  }

  get #stay(): { readonly seat: Seat; readonly joinedAt: number } {
    if (this.#life.stage === 'joined' || this.#life.stage === 'lost') return this.#life;
    throw new ProtocolError('NOT_JOINED', 'Join the meeting first.');
  }

  #openTransport(direction: Direction, data: boolean): Promise<TransportOptions> {
    if (direction === 'recv') this.receiving.forgetAll();
    return this.#peer.createTransport(direction, { data });
  }

  #become(next: Life): void {
    const { stage } = this.#life;
    if (!NEXT[stage].includes(next.stage)) throw new Error(`Someone ${stage} cannot become ${next.stage}.`);
    this.#life = next;
  }
}
