import { buildInvite } from '../../../src-shared/invite.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import type { HostInfo, Room } from '../../../src-shared/protocol/index.ts';
import { fingerprintWords } from '../../../src-shared/words.ts';
import type { Platform } from '../../platform/index.ts';
import { ownRooms } from '../settings/index.ts';
import { hostInfo } from '../signaling/api.ts';

/** The host of one meeting: what it says of itself, and how others reach it. */
export class MeetingHost {
  readonly #invite: Invite;
  readonly #platform: Platform;
  #info = $state.raw<HostInfo | null>(null);
  /** Made since the meeting was opened; null: none. */
  #newLinkKey = $state<string | null>(null);

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

  /** `https://address:port` where others reach it. */
  get origin(): string {
    // Whoever made the room may sit at the host itself, whose own name for itself nobody else can reach.
    const url = this.#platform.publicOrigin ?? ownRooms.find(this.#invite)?.url;
    return url === undefined ? this.#invite.origin : new URL(url).origin;
  }

  /** The key of the room's link, as far as this person knows it. */
  get key(): string | undefined {
    return this.#newLinkKey ?? ownRooms.credentialsFor(this.#invite).key;
  }

  /** The room has another link key: links from before work no more. */
  setLinkKey(key: string): void {
    this.#newLinkKey = key;
    ownRooms.setLinkKey(this.#invite, key);
  }

  /** The link to the meeting that others can use; null: it needs a key that is not known here. */
  linkTo(room: Room | null): string | null {
    const { origin, fingerprint, key } = this;
    if (room?.linkKey && key === undefined) return null;
    const withKey = room?.linkKey !== false && key !== undefined && { key };
    return buildInvite({ origin, roomId: this.#invite.roomId, ...withKey, ...(fingerprint && { fingerprint }) });
  }
}
