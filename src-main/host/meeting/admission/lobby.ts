import { LOBBY_NOTICE_MS, MAX_WAITING_PER_ADDRESS, MAX_WAITING_PER_ROOM } from '../../../../src-shared/limits.ts';
import { ProtocolError, type WaitingParticipant } from '../../../../src-shared/protocol/index.ts';
import type { ClientConnection } from '../connection/client-connection.ts';
import type { Participant } from '../participants/participant.ts';
import type { Participants } from '../participants/participants.ts';
import type { AddressKey, Clock } from '../ports.ts';

/** Somebody who asks to be let in. */
interface Applicant {
  readonly connection: ClientConnection;
  readonly userId: string;
  readonly userName: string;
  /** Has them join. @throws {ProtocolError} FULL, MEDIA_RESTARTING; they go on waiting then */
  readonly join: () => Promise<void>;
  /** Called once, when they have left the lobby without joining by themselves: denied, or the room has ended. */
  readonly onDismiss: () => void;
}

/** Somebody in the lobby. */
export interface Waiting extends Applicant {
  /** Since when, epoch ms. */
  readonly since: number;
  note: string | undefined;
}

/** Who is meant of those who wait. */
export type WhoWaits = { readonly userId: string; readonly all?: false } | { readonly all: true };

/** Those who wait to be admitted to one room, in the order they came. They are told nothing of the room. */
export class Lobby {
  readonly #participants: Participants;
  readonly #clock: Clock;
  readonly #addressKey: AddressKey;
  readonly #waitingFrom: (remoteAddress: string) => number;
  readonly #waiting = new Set<Waiting>();
  /** Who of them is about to join. */
  readonly #admitting = new Set<Waiting>();
  /** Who has been told who waits, as long as they may admit. */
  readonly #told = new Set<Participant>();
  #hostPresent = false;
  /** While it runs, those who may admit have been told just now. */
  #stopPausing: (() => void) | null = null;
  #changed = false;

  /** @param options.waitingFrom how many wait from an address, in all lobbies of the host */
  constructor(options: {
    participants: Participants;
    clock: Clock;
    addressKey: AddressKey;
    waitingFrom: (remoteAddress: string) => number;
  }) {
    this.#participants = options.participants;
    this.#clock = options.clock;
    this.#addressKey = options.addressKey;
    this.#waitingFrom = options.waitingFrom;
  }

  /** How many wait. */
  get count(): number {
    return this.#waiting.size;
  }

  /** How many of those who wait come from an address. */
  countFrom(remoteAddress: string): number {
    const address = this.#addressKey(remoteAddress);
    return this.#all.filter(({ connection }) => this.#addressKey(connection.remoteAddress) === address).length;
  }

  /**
   * Somebody waits from now on; with the userId of somebody who waits already they get another one.
   *
   * @throws {ProtocolError} LIMIT: many wait already, in all or from this address
   */
  add(applicant: Applicant): Waiting {
    const fromThere = this.#waitingFrom(applicant.connection.remoteAddress);
    if (this.#waiting.size >= MAX_WAITING_PER_ROOM || fromThere >= MAX_WAITING_PER_ADDRESS) {
      throw new ProtocolError('LIMIT', 'Many people wait to be let in just now. Try again later.');
    }
    const taken = this.#all.some(({ userId }) => userId === applicant.userId);
    const userId = taken ? crypto.randomUUID() : applicant.userId;
    const waiting: Waiting = { ...applicant, userId, since: this.#clock.now(), note: undefined };
    this.#waiting.add(waiting);
    this.#tellAdmitters();
    waiting.connection.notify('waiting', { hostPresent: this.#hostPresent });
    return waiting;
  }

  /** They wait no more. Idempotent. */
  remove(waiting: Waiting): void {
    if (this.#waiting.delete(waiting)) this.#tellAdmitters();
  }

  setNote(waiting: Waiting, note: string | undefined): void {
    waiting.note = note;
    this.#tellAdmitters();
  }

  /**
   * One after the other, in the order they came. Who cannot join goes on waiting, and keeps nobody else from joining.
   *
   * @throws {ProtocolError} NOT_FOUND; the first failure, when all is done: FULL, MEDIA_RESTARTING
   */
  async admit(who: WhoWaits): Promise<void> {
    const failures: unknown[] = [];
    for (const waiting of this.#find(who)) {
      // They may have gone while others were let in, or somebody else lets them in just now.
      if (!this.#waiting.has(waiting) || this.#admitting.has(waiting)) continue;
      this.#admitting.add(waiting);
      try {
        await waiting.join();
        this.remove(waiting);
      } catch (error) {
        // Who has left or was denied meanwhile is no failure.
        if (this.#waiting.has(waiting)) failures.push(error);
      } finally {
        this.#admitting.delete(waiting);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** @throws {ProtocolError} NOT_FOUND */
  deny(who: WhoWaits, reason: string): void {
    for (const waiting of this.#find(who)) {
      waiting.connection.notify('denied', { reason });
      this.#dismiss(waiting);
    }
  }

  /** The room has ended. */
  close(reason: string): void {
    this.#stopPausing?.();
    this.#told.clear();
    for (const waiting of this.#all) {
      waiting.connection.notify('roomClosed', { reason });
      this.#dismiss(waiting);
    }
  }

  /** Somebody has come, left, lost or recovered their connection, or has another role. */
  review(): void {
    const admitters = this.#participants.joined.filter((participant) => participant.may('admit'));
    for (const participant of this.#told) {
      if (admitters.includes(participant)) continue;
      this.#told.delete(participant);
      if (participant.present) participant.connection.notify('lobby', { waiting: [] });
    }
    for (const participant of admitters) {
      if (this.#told.has(participant)) continue;
      this.#told.add(participant);
      if (this.#waiting.size > 0) participant.connection.notify('lobby', this.#describe());
    }
    const hostPresent = admitters.some(({ disconnected }) => !disconnected);
    if (hostPresent === this.#hostPresent) return;
    this.#hostPresent = hostPresent;
    for (const { connection } of this.#waiting) connection.notify('waiting', { hostPresent });
  }

  get #all(): Waiting[] {
    return [...this.#waiting];
  }

  #describe(): { waiting: WaitingParticipant[] } {
    const waiting = this.#all.map(({ userId, userName, since, note }) => ({
      userId,
      userName,
      since,
      ...(note !== undefined && { note }),
    }));
    return { waiting };
  }

  #find(who: WhoWaits): Waiting[] {
    if (who.all) return this.#all;
    const found = this.#all.filter(({ userId }) => userId === who.userId);
    if (found.length === 0) throw new ProtocolError('NOT_FOUND', 'They do not wait any more.');
    return found;
  }

  #dismiss(waiting: Waiting): void {
    this.remove(waiting);
    waiting.onDismiss();
  }

  /** At once, and then at most every `LOBBY_NOTICE_MS`. */
  #tellAdmitters(): void {
    this.#changed = true;
    if (this.#stopPausing) return;
    this.#changed = false;
    const event = this.#describe();
    for (const { connection } of this.#told) connection.notify('lobby', event);
    this.#stopPausing = this.#clock.after(LOBBY_NOTICE_MS, () => {
      this.#stopPausing = null;
      if (this.#changed) this.#tellAdmitters();
    });
  }
}
