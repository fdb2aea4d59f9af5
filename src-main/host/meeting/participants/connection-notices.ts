import {
  MAX_CONNECTION_CHANGE_BURST_PER_PARTICIPANT,
  MAX_CONNECTION_CHANGES_PER_MINUTE_PER_PARTICIPANT,
} from '../../../../src-shared/limits.ts';
import type { Clock } from '../ports.ts';
import { PacedNotice } from '../rates/paced-notice.ts';
import { RateLimit } from '../../rates/rate-limit.ts';
import type { Participant } from './participant.ts';

interface ConnectionNoticesOptions {
  readonly clock: Clock;
  /** What is told to everybody in the room. */
  readonly eventLimit: RateLimit;
  /** Tells the others how a participant is now. */
  readonly tell: (participant: Participant) => void;
}

interface Told {
  /** Whether others were told last that the connection is lost. */
  lost: boolean;
  readonly notice: PacedNotice<Participant>;
}

/**
 * Tells a room whose connection is lost and whose is back. A client can lose and recover its connection as often
 * as it likes, and asks for nothing by it; so the notices of each participant, and of the room, have a rate.
 */
export class ConnectionNotices {
  readonly #options: ConnectionNoticesOptions;
  readonly #told = new WeakMap<Participant, Told>();

  constructor(options: ConnectionNoticesOptions) {
    this.#options = options;
  }

  /** A connection was lost or has recovered: others are told now, or when the rates allow it. */
  changed(participant: Participant): void {
    const told = this.#told.get(participant) ?? this.#begin(participant);
    told.notice.update();
  }

  /** Others were told how the participant is now, for whatever reason. */
  noteTold(participant: Participant): void {
    const told = this.#told.get(participant);
    if (told) told.lost = participant.disconnected;
  }

  #begin(participant: Participant): Told {
    const { clock, eventLimit, tell } = this.#options;
    const ownLimit = new RateLimit(() => clock.now(), {
      burst: MAX_CONNECTION_CHANGE_BURST_PER_PARTICIPANT,
      perSecond: MAX_CONNECTION_CHANGES_PER_MINUTE_PER_PARTICIPANT / 60,
    });
    const notice = new PacedNotice({
      clock,
      limits: [ownLimit, eventLimit],
      untold: () => (participant.present && participant.disconnected !== told.lost ? participant : null),
      tell,
    });
    const told: Told = { lost: false, notice };
    this.#told.set(participant, told);
    return told;
  }
}
