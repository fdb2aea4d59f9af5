import { Admission } from '../admission/admission.ts';
import type { Invites } from '../admission/invites.ts';
import { Lobby } from '../admission/lobby.ts';
import type { Log } from '../log.ts';
import type { AttendanceLog } from '../participants/attendance-log.ts';
import { CurrentSettings } from '../participants/current-settings.ts';
import { HostSuccession } from '../participants/host-succession.ts';
import { Memberships } from '../participants/memberships.ts';
import type { Participant } from '../participants/participant.ts';
import type { AddressKey, Clock, OpenRoomRecord, Store, Tokens } from '../ports.ts';
import { Moderation } from './moderation.ts';
import type { RoomParts } from './room-parts.ts';

/** Who may come into a room, who runs it, and what they may do there. */
export interface RoomRules {
  readonly settings: CurrentSettings;
  readonly memberships: Memberships;
  readonly succession: HostSuccession;
  readonly admission: Admission;
  readonly lobby: Lobby;
  readonly moderation: Moderation;
}

/** What a room is made of, and what it needs of its host. */
export interface RoomNeeds {
  record: OpenRoomRecord;
  store: Store;
  tokens: Tokens;
  invites: Invites;
  attendance: AttendanceLog;
  clock: Clock;
  log: Log;
  /** What counts as one in limits per address. */
  addressKey: AddressKey;
  /** How many wait from an address, in all lobbies of the host. */
  waitingFrom: (remoteAddress: string) => number;
}

interface RoomRulesOptions extends RoomNeeds {
  parts: RoomParts;
  /** Others see somebody differently now, and what they may send may have changed. */
  onChange: (participant: Participant) => void;
  /** The settings have changed. */
  onSettingsChange: () => void;
  /** Somebody is to leave at once. */
  dismiss: (participant: Participant) => void;
}

export function roomRules(options: RoomRulesOptions): RoomRules {
  const { record, store, tokens, onChange } = options;
  const { participants, publications } = options.parts;
  const roomId = record.id;
  const settings = new CurrentSettings({
    record: record.settings,
    tokens,
    write: (changed) => store.rooms.changeSettings(roomId, changed),
    onChange: options.onSettingsChange,
  });
  const memberships = new Memberships({ ...options, roomId });
  const lobby = new Lobby({ ...options, participants });
  const succession = new HostSuccession({
    ...options,
    roomId,
    settings,
    participants,
    memberships,
    awaitedHost: record.hostMembershipId,
    onAwaitedInVain: () => lobby.review(),
  });
  const { hostTokenHash } = record;
  const admission = new Admission({ ...options, hostTokenHash, participants, memberships, succession, settings });
  const moderation = new Moderation({
    ...options,
    roomId,
    settings,
    participants,
    memberships,
    publications,
    succession,
    lobby,
    onChange,
  });
  return { settings, memberships, succession, admission, lobby, moderation };
}
