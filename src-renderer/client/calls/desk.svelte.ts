import type { Invite } from '../../../src-shared/invite.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Appointment, InviteContent } from '../../../src-shared/protocol/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Devices } from '../devices/devices.svelte.ts';
import { Invitations, heldRoom, isPersonal } from '../state/invitations.svelte.ts';
import { ownRooms, recent } from '../settings/index.ts';
import type { Preferences } from '../settings/preferences.svelte.ts';
import { problemOf } from '../problem.ts';
import { createInvite, validateLink } from '../signaling/invites.ts';
import type { HeldRoom } from '../signaling/invites.ts';
import { hostInfo, roomInfo } from '../signaling/api.ts';
import { ClientDesk } from './client-desk.svelte.ts';
import { ProfessionalSession } from './professional-session.svelte.ts';
import { DirectSignaling } from '../signaling/direct-signaling.ts';
import type { Connect } from '../signaling/direct-signaling.ts';
import type { DeskView } from './view.ts';

export interface DeskOptions {
  invite: Invite;
  devices: Devices;
  platform: Platform;
  preferences: Preferences;
}

/** The page of a desk: finds out whether the person is its professional or a client, and opens that session. */
export class Desk {
  /** The personal links to this desk; null: the desk belongs to another person. */
  readonly invitations: Invitations | null;
  readonly #options: DeskOptions;
  readonly #held: HeldRoom | null;
  #view = $state.raw<DeskView>({ at: 'checking' });
  #place: ClientDesk | ProfessionalSession | null = null;
  #closed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#held = heldRoom(options.invite);
    this.invitations = this.#held && new Invitations(this.#held);
  }

  get view(): DeskView {
    return this.#view;
  }

  async open(): Promise<void> {
    this.#view = { at: 'checking' };
    try {
      const { token, content } = await this.#who();
      if (!this.#closed) this.#sit(token, content);
    } catch (error) {
      if (!this.#closed) this.#view = { at: 'refused', problem: problemOf(error) };
    }
  }

  /** Leaves the desk. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#place?.close();
    this.#place = null;
  }

  /** The person's role: that of their link; at their own desk, the professional. */
  async #who(): Promise<{ token: string; content: InviteContent }> {
    const { invite } = this.#options;
    const { origin, roomId, fingerprint, token } = invite;
    if (isPersonal(token)) return { token, content: await this.#validate(token) };
    if (!this.#held) throw new ProtocolError('UNAUTHORIZED', 'A desk is entered by a link of one’s own.');
    const kept = ownRooms.find(invite)?.desk;
    if (kept !== undefined) {
      const content = await this.#validate(kept).catch(() => null);
      if (content) return { token: kept, content };
    }
    const name = this.#options.preferences.name.trim() || (await hostInfo(origin)).name;
    const made = await createInvite(this.#held, { role: 'professional', name });
    ownRooms.add({
      ...{ roomId, origin, ...(fingerprint !== undefined && { fingerprint }) },
      ...{ hostToken: this.#held.hostToken, url: made.url, desk: made.token },
    });
    return { token: made.token, content: await this.#validate(made.token) };
  }

  /** @throws {ProtocolError} NOT_FOUND: also a good link, but to another place */
  async #validate(token: string): Promise<InviteContent> {
    const { origin, roomId } = this.#options.invite;
    const content = await validateLink(origin, token);
    if (content.roomId === roomId) return content;
    throw new ProtocolError('NOT_FOUND', 'The link leads elsewhere.');
  }

  #sit(token: string, content: InviteContent): void {
    const { invite, devices, platform } = this.#options;
    const at = { devices, platform, connect: connectBy(invite.origin, token) };
    if (content.role === 'professional') {
      const desk = new ProfessionalSession({ ...at, invite: content });
      this.#place = desk;
      this.#view = { at: 'professional', desk };
      void this.#remember();
    } else if (content.role === 'client' && hasAppointment(content)) {
      const desk = new ClientDesk({ ...at, invite: content });
      this.#place = desk;
      this.#view = { at: 'client', desk };
    } else throw new ProtocolError('NOT_FOUND', 'The link leads elsewhere.');
  }

  /** Stores the person's own desk, so that the home screen lists it. */
  async #remember(): Promise<void> {
    const { invite, platform } = this.#options;
    if (!this.#held) return;
    const { roomId, fingerprint = null } = invite;
    try {
      const [room, host] = await Promise.all([roomInfo(invite), hostInfo(invite.origin)]);
      const origin = platform.publicOrigin ?? invite.origin;
      recent.add({ roomId, desk: true, name: room.name, hostName: host.name, origin, fingerprint, at: Date.now() });
    } catch {
      // Not found at home, then: the desk itself works.
    }
  }
}

const connectBy =
  (origin: string, token: string): Connect =>
  (listener) =>
    new DirectSignaling(origin, token, listener);

function hasAppointment(content: InviteContent): content is InviteContent & { appointment: Appointment } {
  return content.appointment !== undefined;
}
