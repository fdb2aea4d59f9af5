import { buildInvite } from '../../../src-shared/invite.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import type { HostInfo } from '../../../src-shared/protocol/index.ts';
import { fingerprintWords } from '../../../src-shared/words.ts';
import type { Platform } from '../../platform/index.ts';
import { ownRooms } from '../settings/index.ts';
import { hostInfo } from '../signaling/api.ts';

/** The host of one meeting: what it says of itself, and how others reach it. */
export class MeetingHost {
  readonly #invite: Invite;
  readonly #platform: Platform;
  #info = $state.raw<HostInfo | null>(null);

  constructor(invite: Invite, platform: Platform) {
    this.#invite = invite;
    this.#platform = platform;
  }

  /** Asks it who it is. */
  ask(): void {
    hostInfo(this.#invite.origin).then(
      (info) => (this.#info = info),
      // The same host is asked for the room: that failure is the one to show.
      () => undefined,
    );
  }

  /** The name of its computer; null until known. */
  get name(): string | null {
    return this.#info?.name ?? null;
  }

  get fingerprint(): string | undefined {
    // What the invite names has been checked by whoever could; a host may claim anything of itself.
    return this.#invite.fingerprint ?? (this.#info?.keyInLinks === false ? undefined : this.#info?.fingerprint);
  }

  /** The fingerprint as six words; null until known. */
  get words(): readonly string[] | null {
    const { fingerprint } = this;
    return fingerprint === undefined ? null : fingerprintWords(fingerprint);
  }

  /** The link to the meeting that others can use. */
  get link(): string {
    const { roomId, origin } = this.#invite;
    const { fingerprint } = this;
    // Whoever made the room may sit at the host itself, whose own name for itself nobody else can reach.
    const url = this.#platform.publicOrigin ?? ownRooms.find(this.#invite)?.url;
    return buildInvite({ origin: url ? new URL(url).origin : origin, roomId, ...(fingerprint && { fingerprint }) });
  }
}
