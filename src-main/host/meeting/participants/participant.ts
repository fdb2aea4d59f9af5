import type { Permission } from '../../../../src-shared/permissions.ts';
import {
  type Participant as ParticipantInfo,
  ProtocolError,
  type Role,
  type RtpCapabilities,
} from '../../../../src-shared/protocol/index.ts';
import type { CurrentSettings } from './current-settings.ts';
import type { Membership } from './memberships.ts';
import type { MediaParticipant, MediaRoom } from '../ports.ts';
import type { ClientConnection } from '../connection/client-connection.ts';

/** What somebody who is in the room has, with a lost connection too. */
interface Stay {
  readonly membership: Membership;
  readonly joinedAt: number;
}

/** A participant's state on the host: preparing → joined ⇄ disconnected → left. */
type ParticipantState =
  /** Not joined: perhaps with media made ready, in no list. */
  | { readonly state: 'preparing' }
  | (Stay & { readonly state: 'joined' })
  /** The connection is gone; membership and media are kept until the recovery window ends. */
  | (Stay & { readonly state: 'disconnected'; readonly stopWaiting: () => void })
  | { readonly state: 'left' };

const NEXT: Record<ParticipantState['state'], readonly ParticipantState['state'][]> = {
  preparing: ['joined', 'left'],
  joined: ['disconnected', 'left'],
  disconnected: ['joined', 'left'],
  left: [],
};

/** A person in a room through one connection. */
export class Participant {
  readonly connection: ClientConnection;
  /** Their transports, and what goes over them. */
  readonly media: MediaParticipant;
  /** What they said they can receive; with it consumers come without being asked for. */
  rtpCapabilities: RtpCapabilities | null = null;
  /** The role of their invite, while they prepare; null: they have none. */
  invitedAs: Role | null = null;
  readonly #settings: CurrentSettings;
  readonly #onGone: () => void;
  #state: ParticipantState = { state: 'preparing' };

  /** @param options.onGone called once, when the participant has gone for whatever reason */
  constructor(options: {
    connection: ClientConnection;
    media: MediaRoom;
    settings: CurrentSettings;
    onGone: () => void;
  }) {
    this.#settings = options.settings;
    this.connection = options.connection;
    this.media = options.media.openParticipant(options.connection);
    this.#onGone = options.onGone;
  }

  get state(): ParticipantState['state'] {
    return this.#state.state;
  }

  /** Whether they have joined and not left; with a lost connection they still are. */
  get present(): boolean {
    return this.#stay !== null;
  }

  get disconnected(): boolean {
    return this.#state.state === 'disconnected';
  }

  /** @throws {ProtocolError} NOT_JOINED */
  get membership(): Membership {
    return this.#requireStay().membership;
  }

  /** Since when they are in, epoch ms; coming back does not change it. @throws {ProtocolError} NOT_JOINED */
  get joinedAt(): number {
    return this.#requireStay().joinedAt;
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

  /** Closes their transports; others have been told, or need not be. Idempotent. */
  end(): void {
    if (this.#state.state === 'left') return;
    if (this.#state.state === 'disconnected') this.#state.stopWaiting();
    this.#become({ state: 'left' });
    this.media.close();
    this.#onGone();
  }

  /** By membership; before they have joined by invite, null without one. */
  get role(): Role | null {
    return this.#stay?.membership.role ?? this.invitedAs;
  }

  /** Whether their role and the room's settings allow it; who has no role yet is held to nothing. */
  may(permission: Permission): boolean {
    const { role } = this;
    if (role === null || this.#settings.may(role, permission)) return true;
    return permission === 'unmute' && role !== 'viewer' && this.#stay?.membership.microphone === 'asked';
  }

  get #stay(): Stay | null {
    return this.#state.state === 'joined' || this.#state.state === 'disconnected' ? this.#state : null;
  }

  #requireStay(): Stay {
    if (this.#stay) return this.#stay;
    throw new ProtocolError('NOT_JOINED', 'Join the meeting first.');
  }

  #become(next: ParticipantState): void {
    const { state } = this.#state;
    if (!NEXT[state].includes(next.state)) throw new Error(`Someone ${state} cannot become ${next.state}.`);
    this.#state = next;
  }
}
