import type { CreateInvite, ListedInvite } from '../../../src-shared/protocol/index.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import { ownRooms } from '../settings/index.ts';
import { problemOf } from '../problem.ts';
import { createInvite, listInvites, revokeInvite } from '../signaling/invites.ts';
import type { HeldRoom } from '../signaling/invites.ts';
import type { InvitationsView, InvitationView, Problem } from '../view.ts';

/** The calls this needs; tests make none. */
export interface InvitesApi {
  create: typeof createInvite;
  list: typeof listInvites;
  revoke: typeof revokeInvite;
}

const overHttp: InvitesApi = { create: createInvite, list: listInvites, revoke: revokeInvite };

/** The personal links of a room, for who holds it. */
export class Invitations implements InvitationsView {
  readonly #room: HeldRoom;
  readonly #api: InvitesApi;
  #invites = $state.raw<readonly ListedInvite[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** Links made since this page was loaded, by invite: the host gives each away once only. */
  #links = $state.raw<ReadonlyMap<string, string>>(new Map());

  readonly all: readonly InvitationView[] | null = $derived.by(() => {
    const links = this.#links;
    return this.#invites?.map((invite) => viewOf(invite, links.get(invite.id) ?? null)).reverse() ?? null;
  });

  constructor(room: HeldRoom, api: InvitesApi = overHttp) {
    this.#room = room;
    this.#api = api;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async refresh(): Promise<void> {
    try {
      this.#invites = await this.#api.list(this.#room);
      this.#problem = null;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  async create(invite: CreateInvite): Promise<string> {
    try {
      const { id, url } = await this.#api.create(this.#room, invite);
      this.#links = new Map([...this.#links, [id, url]]);
      await this.refresh();
      return url;
    } catch (error) {
      throw problemOf(error);
    }
  }

  async revoke(id: string): Promise<void> {
    try {
      await this.#api.revoke(this.#room, id);
    } catch (error) {
      throw problemOf(error);
    }
    await this.refresh();
  }
}

/** The room an invite leads to, where it is this person's own; null: somebody else's. */
export function heldRoom(invite: Invite): HeldRoom | null {
  const { origin, roomId, token } = invite;
  // The app's window of one's own meeting has no link but the room itself.
  const hostToken = ownRooms.find(invite)?.hostToken ?? (isPersonal(token) ? undefined : token);
  return hostToken === undefined ? null : { origin, roomId, hostToken };
}

/** Whether a token is one person's invite: those are JWTs (RFC 7519), the token of a room's holder has no dots. */
export function isPersonal(token: string | undefined): token is string {
  return token?.includes('.') ?? false;
}

function viewOf(invite: ListedInvite, link: string | null): InvitationView {
  const { id, role, name = null, appointment = null, revokedAt, expires = Infinity, uses } = invite;
  const over = revokedAt !== undefined ? 'revoked' : expires <= Date.now() ? 'expired' : null;
  return { id, role, name, appointment, over, uses, link };
}
