import { type Permission, may } from '../../../../src-shared/permissions.ts';
import type { Role, Room, RoomSettings } from '../../../../src-shared/protocol/index.ts';
import type { SettingsRecord, Tokens } from '../ports.ts';
import { newSecret, sameSecret } from '../secret.ts';

/**
 * What a change of settings makes of them. `linkKey`: the key that was made with it, which is stored as a hash only.
 *
 * @param current the settings to change; asked for last, because hashing a passcode takes a moment
 */
export async function changeSettings(
  current: () => SettingsRecord,
  { lobbyMode, locked, nearby, passcode, linkKey: withKey, permissions }: RoomSettings,
  tokens: Tokens,
): Promise<{ settings: SettingsRecord; linkKey: string | undefined }> {
  const linkKey = withKey ? newSecret() : undefined;
  const newHash = typeof passcode === 'string' ? await tokens.hashPasscode(passcode) : passcode;
  const before = current();
  const passcodeHash = newHash === undefined ? before.passcodeHash : newHash;
  const linkKeyHash = linkKey !== undefined ? tokens.hash(linkKey) : withKey === false ? null : before.linkKeyHash;
  const settings = {
    lobbyMode: lobbyMode ?? before.lobbyMode,
    locked: locked ?? before.locked,
    nearby: nearby ?? before.nearby,
    passcodeHash,
    linkKeyHash,
    permissions: { ...before.permissions, ...permissions },
  };
  return { settings, linkKey };
}

/** What the settings of a room are now: who may come in, and what participants may do. */
export class CurrentSettings {
  readonly #tokens: Tokens;
  readonly #write: (settings: SettingsRecord) => void;
  readonly #onChange: () => void;
  #record: SettingsRecord;

  /**
   * @param options.write stores them; throws `ProtocolError` FULL
   * @param options.onChange called whenever they have changed
   */
  constructor(options: {
    record: SettingsRecord;
    tokens: Tokens;
    write: (settings: SettingsRecord) => void;
    onChange: () => void;
  }) {
    this.#record = options.record;
    this.#tokens = options.tokens;
    this.#write = options.write;
    this.#onChange = options.onChange;
  }

  get record(): SettingsRecord {
    return this.#record;
  }

  /** Whether it takes more than the room's id to join: then nobody becomes host by joining first. */
  get guarded(): boolean {
    const { lobbyMode, passcodeHash, linkKeyHash } = this.#record;
    return lobbyMode !== 'off' || passcodeHash !== null || linkKeyHash !== null;
  }

  /** As part of the room's description: no secrets. */
  describe(): Omit<Room, 'roomId' | 'name'> & { passcode: boolean } {
    const { lobbyMode, locked, passcodeHash, linkKeyHash, permissions } = this.#record;
    return {
      locked,
      lobby: lobbyMode !== 'off',
      lobbyMode,
      passcode: passcodeHash !== null,
      linkKey: linkKeyHash !== null,
      permissions,
    };
  }

  may(role: Role, permission: Permission): boolean {
    return may(role, permission, this.#record.permissions);
  }

  /** Whether this is the key of the room's link, or none is needed. */
  acceptsKey(key: string | undefined): boolean {
    const { linkKeyHash } = this.#record;
    return linkKeyHash === null || (key !== undefined && sameSecret(this.#tokens.hash(key), linkKeyHash));
  }

  /**
   * Changes them; they are written before they hold.
   *
   * @returns the new link key, where one was made
   * @throws {ProtocolError} FULL; nothing has changed then
   */
  async change(change: RoomSettings): Promise<string | undefined> {
    const { settings, linkKey } = await changeSettings(() => this.#record, change, this.#tokens);
    this.#write(settings);
    this.#record = settings;
    this.#onChange();
    return linkKey;
  }
}
