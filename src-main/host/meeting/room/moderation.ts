import { type Permission, mayActOn } from '../../../../src-shared/permissions.ts';
import { type Payload, ProtocolError, type Role } from '../../../../src-shared/protocol/index.ts';
import { notPermitted } from '../failures.ts';
import type { Invites } from '../admission/invites.ts';
import type { Lobby } from '../admission/lobby.ts';
import type { CurrentSettings } from '../participants/current-settings.ts';
import type { HostSuccession } from '../participants/host-succession.ts';
import type { Membership, Memberships } from '../participants/memberships.ts';
import type { Participant } from '../participants/participant.ts';
import type { Participants } from '../participants/participants.ts';
import type { Store } from '../ports.ts';
import type { Publications } from './media/publications.ts';

interface ModerationOptions {
  roomId: string;
  settings: CurrentSettings;
  store: Store;
  invites: Invites;
  participants: Participants;
  memberships: Memberships;
  publications: Publications;
  succession: HostSuccession;
  lobby: Lobby;
  /** Others see them differently now, and they may send something else. */
  onChange: (participant: Participant) => void;
  /** Somebody is to leave at once. */
  dismiss: (participant: Participant) => void;
}

/**
 * What those who run a meeting do with others in it. That they may is asked before, by the operation table; here
 * it is asked whether they may do it with this participant, who may rank higher.
 */
export class Moderation {
  readonly #roomId: string;
  readonly #settings: CurrentSettings;
  readonly #store: Store;
  readonly #invites: Invites;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #publications: Publications;
  readonly #succession: HostSuccession;
  readonly #lobby: Lobby;
  readonly #onChange: (participant: Participant) => void;
  readonly #dismiss: (participant: Participant) => void;

  constructor(options: ModerationOptions) {
    this.#roomId = options.roomId;
    this.#settings = options.settings;
    this.#store = options.store;
    this.#invites = options.invites;
    this.#participants = options.participants;
    this.#memberships = options.memberships;
    this.#publications = options.publications;
    this.#succession = options.succession;
    this.#lobby = options.lobby;
    this.#onChange = options.onChange;
    this.#dismiss = options.dismiss;
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN, MEDIA_RESTARTING */
  async mute(by: Participant, userId: string): Promise<void> {
    await this.#publications.pauseByOthers(this.#target(by, 'mute-others', userId), 'microphone');
  }

  /** Everybody but themselves and those who rank higher. @throws {ProtocolError} MEDIA_RESTARTING */
  async muteAll(by: Participant): Promise<void> {
    const others = this.#participants.joined.filter(
      (other) => other !== by && mayActOn(by.membership.role, 'mute-others', other.membership.role),
    );
    await Promise.all(others.map((other) => this.#publications.pauseByOthers(other, 'microphone')));
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN */
  askToUnmute(by: Participant, userId: string): void {
    const target = this.#target(by, 'mute-others', userId);
    if (!target.may('publish')) throw new ProtocolError('FORBIDDEN', 'They watch and listen, and send nothing.');
    target.membership.microphone = 'asked';
    target.connection.notify('unmuteAsked', {});
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN, MEDIA_RESTARTING */
  async stopVideo(by: Participant, userId: string): Promise<void> {
    await this.#publications.pauseByOthers(this.#target(by, 'stop-others', userId), 'camera');
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN */
  stopShare(by: Participant, userId: string): void {
    this.#publications.closeShare(this.#target(by, 'stop-others', userId));
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN, FULL */
  lowerHand(by: Participant, userId: string): void {
    const target = this.#target(by, 'lower-hands', userId);
    this.#memberships.change(target.membership, { hand: false });
    this.#onChange(target);
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN, BAD_REQUEST (of oneself), FULL; nothing has changed then */
  setRole(by: Participant, { userId, role }: Payload<'setRole'>): void {
    const target = this.#target(by, 'set-role', userId);
    if (target === by) {
      throw new ProtocolError('BAD_REQUEST', 'Hand the meeting over to somebody else to give up your role.');
    }
    if (role === 'host') this.#succession.handOver(by, target);
    else this.#give(target, role);
    this.#lobby.review();
  }

  /**
   * Removes somebody for as long as the meeting lasts: their membership, its token and an invite with their name are
   * worth nothing any more. Those who come by what they share with others then wait in the lobby.
   *
   * @throws {ProtocolError} NOT_FOUND, FORBIDDEN, BAD_REQUEST (oneself), FULL
   */
  async remove(by: Participant, { userId, keepLobbyOff = false }: Payload<'removeParticipant'>): Promise<void> {
    const target = this.#target(by, 'remove', userId);
    if (target === by) throw new ProtocolError('BAD_REQUEST', 'To go yourself, leave the meeting.');
    const { membership } = target;
    this.#store.atomically(() => {
      this.#memberships.change(membership, { removed: true });
      this.#invites.revokeNamed(this.#roomId, membership.inviteId);
    });
    // First, so that they are told nothing more, and gateways know why they go.
    target.connection.close('You have been removed from this meeting.');
    this.#dismiss(target);
    if (!keepLobbyOff && this.#settings.record.lobbyMode === 'off') {
      await this.#settings.change({ lobbyMode: 'uninvited' });
    }
  }

  /**
   * Whom somebody acts on.
   *
   * @throws {ProtocolError} NOT_FOUND: they are not here; FORBIDDEN: they rank higher
   */
  #target(by: Participant, permission: Permission, userId: string): Participant {
    const target = this.#participants.find(userId);
    if (!target) throw new ProtocolError('NOT_FOUND', 'They are not in the meeting any more.');
    if (!mayActOn(by.membership.role, permission, target.membership.role)) throw notPermitted(permission);
    return target;
  }

  #give(target: Participant, role: Exclude<Role, 'host'>): void {
    const changes: Partial<Membership> = { role, baseRole: role };
    this.#memberships.change(target.membership, changes);
    this.#onChange(target);
  }
}
