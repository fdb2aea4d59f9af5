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
} from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection } from '../session/client-connection.ts';
import type { Log } from '../log.ts';
import type { MediaPeer, MediaRoom } from '../ports.ts';
import { type ConsumableProducer, Subscriptions } from './subscriptions.ts';
import type { Membership } from '../admission/memberships.ts';
import { type Publication, ParticipantPublications } from './participant-publications.ts';

/** A participant's state on the host: preparing → (waiting →) joined ⇄ disconnected → left. */
type ParticipantState =
  /** Not joined: perhaps with media made ready, in no list. */
  | { readonly state: 'preparing' }
  /** In the lobby, until somebody admits them. */
  | { readonly state: 'waiting' }
  | { readonly state: 'joined'; readonly membership: Membership; readonly joinedAt: number }
  /** The connection is gone; membership and media are kept until the recovery window ends. */
  | {
      readonly state: 'disconnected';
      readonly membership: Membership;
      readonly joinedAt: number;
      readonly stopWaiting: () => void;
    }
  | { readonly state: 'left' };

const NEXT: Record<ParticipantState['state'], readonly ParticipantState['state'][]> = {
  preparing: ['waiting', 'joined', 'left'],
  waiting: ['joined', 'left'],
  joined: ['disconnected', 'left'],
  disconnected: ['joined', 'left'],
  left: [],
};

/** What a room is told of a participant's producers. */
export interface ParticipantListener {
  opened(participant: Participant, producer: Publication): void;
  pausedOrResumed(participant: Participant, producer: Publication, paused: boolean): void;
  closed(participant: Participant, producer: Publication): void;
}

export interface OpenedMedia {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
  consumers: Consumer[];
}

/** A person in a room through one connection. */
export class Participant {
  readonly connection: ClientConnection;
  readonly publications: ParticipantPublications;
  readonly subscriptions: Subscriptions;
  /** What they said they can receive; with it consumers come without being asked for. */
  rtpCapabilities: RtpCapabilities | null = null;
  /** The role of their invite, while they prepare; null: they have none. */
  invitedAs: Role | null = null;
  readonly #peer: MediaPeer;
  readonly #onGone: () => void;
  #state: ParticipantState = { state: 'preparing' };

  /** @param options.onGone called once, when the participant has gone for whatever reason */
  constructor(options: {
    connection: ClientConnection;
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
        producerClosed: (producerId) => this.publications.ended(producerId),
        producerLayersWanted: (producerId, layer) => this.publications.layersWanted(producerId, layer),
        consumerLayersChanged: (consumerId, layers) => this.subscriptions.layersChanged(consumerId, layers),
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
    this.subscriptions = new Subscriptions({ peer: this.#peer, notify, background });
    this.publications = new ParticipantPublications({
      peer: this.#peer,
      notify,
      background,
      allowed: () => this.role !== 'viewer',
      listener: {
        opened: (producer) => listener.opened(this, producer),
        pausedOrResumed: (producer, paused) => listener.pausedOrResumed(this, producer, paused),
        closed: (producer) => listener.closed(this, producer),
      },
    });
  }

  get state(): ParticipantState['state'] {
    return this.#state.state;
  }

  get disconnected(): boolean {
    return this.#state.state === 'disconnected';
  }

  /** @throws {ProtocolError} NOT_JOINED */
  get membership(): Membership {
    return this.#stay.membership;
  }

  /** Since when they are in, epoch ms; coming back does not change it. @throws {ProtocolError} NOT_JOINED */
  get joinedAt(): number {
    return this.#stay.joinedAt;
  }

  /** As others see them. @throws {ProtocolError} NOT_JOINED */
  describe(): ParticipantInfo {
    const { userId, userName, role, hand } = this.membership;
    return {
      socketId: this.connection.id,
      userId,
      userName,
      role,
      isHost: role === 'host',
      hand,
      connection: this.disconnected ? 'lost' : 'ok',
    };
  }

  join(membership: Membership, joinedAt: number): void {
    this.#become({ state: 'joined', membership, joinedAt });
  }

  /** @param stopWaiting cancels the end of the recovery window */
  disconnect(stopWaiting: () => void): void {
    this.#become({ state: 'disconnected', membership: this.membership, joinedAt: this.joinedAt, stopWaiting });
  }

  recover(): void {
    if (this.#state.state === 'disconnected') this.#state.stopWaiting();
    this.#become({ state: 'joined', membership: this.membership, joinedAt: this.joinedAt });
  }

  /** Closes the participant's media; others have been told, or need not be. */
  end(): void {
    if (this.#state.state === 'disconnected') this.#state.stopWaiting();
    this.#become({ state: 'left' });
    this.#peer.close();
    this.#onGone();
  }

  /** Replaces an earlier transport of this direction, with its media. */
  async createTransport(direction: Direction): Promise<TransportOptions> {
    const transport = await this.#openTransport(direction, false);
    if (direction === 'recv' && this.rtpCapabilities) this.subscriptions.offerAll([], this.rtpCapabilities);
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
   * @param options.paused the consumers stay paused when their owner joins
   */
  async openMedia(
    producers: () => readonly ConsumableProducer[],
    rtpCapabilities: RtpCapabilities,
    { data, paused = false }: { data: boolean; paused?: boolean },
  ): Promise<OpenedMedia> {
    this.rtpCapabilities = rtpCapabilities;
    const [sendTransport, [recvTransport, consumers]] = await Promise.all([
      this.#openTransport('send', data),
      this.#openTransport('recv', data).then(
        async (transport) =>
          [transport, await this.subscriptions.consumeAll(producers, rtpCapabilities, { paused })] as const,
      ),
    ]);
    this.subscriptions.offerAll(producers(), rtpCapabilities);
    return { sendTransport, recvTransport, consumers };
  }

  warmUp(): Promise<WarmUp> {
    return this.#peer.warmUp();
  }

  mediaRestarted(): void {
    this.publications.forgetAll();
    this.subscriptions.forgetAll();
  }

  /** By membership; before they have joined by invite, null without one. */
  get role(): Role | null {
    return this.#state.state === 'joined' || this.#state.state === 'disconnected'
      ? this.#state.membership.role
      : this.invitedAs;
  }

  get #stay(): { readonly membership: Membership; readonly joinedAt: number } {
    if (this.#state.state === 'joined' || this.#state.state === 'disconnected') return this.#state;
    throw new ProtocolError('NOT_JOINED', 'Join the meeting first.');
  }

  #openTransport(direction: Direction, data: boolean): Promise<TransportOptions> {
    if (direction === 'recv') this.subscriptions.forgetAll();
    return this.#peer.createTransport(direction, { data });
  }

  #become(next: ParticipantState): void {
    const { state } = this.#state;
    if (!NEXT[state].includes(next.state)) throw new Error(`Someone ${state} cannot become ${next.state}.`);
    this.#state = next;
  }
}
