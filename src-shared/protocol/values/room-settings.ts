/** What whoever runs a room decides about it: who may come in, and what participants may do. */
import * as v from 'valibot';
import { Passcode } from './primitives.ts';

/**
 * Who waits in the lobby until somebody admits them.
 *
 * - `off`: nobody
 * - `uninvited`: everybody but those who show an invite with their name
 * - `everyone`: everybody but those who show the host token or a host's invite
 */
export const LobbyMode = v.picklist(['off', 'uninvited', 'everyone']);
export type LobbyMode = v.InferOutput<typeof LobbyMode>;

/**
 * What the network may know of a room.
 *
 * - `hidden`: nothing
 * - `knock`: that there is one, at which one may ask to be let in
 * - `listed`: its name and how many are in, too
 */
export const Nearby = v.picklist(['hidden', 'knock', 'listed']);
export type Nearby = v.InferOutput<typeof Nearby>;

/** What participants and viewers may do, as far as their role allows it; hosts and co-hosts may do all of it. */
export const RoomPermissions = v.object({
  share: v.boolean(),
  chat: v.boolean(),
  react: v.boolean(),
  /** Whether they may turn their microphone on themselves, without being asked to. */
  unmute: v.boolean(),
  rename: v.boolean(),
  record: v.boolean(),
  sendFiles: v.boolean(),
});
export type RoomPermissions = v.InferOutput<typeof RoomPermissions>;

const maybe = v.exactOptional(v.boolean());
const NewPasscode = v.pipe(Passcode, v.nonEmpty('must not be empty'));

/** The settings of a room that is made, or those to change; what is absent stays as it is. */
export const RoomSettings = v.object({
  lobbyMode: v.optional(LobbyMode),
  locked: v.optional(v.boolean()),
  /** Null: none is needed. */
  passcode: v.optional(v.nullable(NewPasscode)),
  /** True: links contain a key, made now. False: they need none. */
  linkKey: v.optional(v.boolean()),
  nearby: v.optional(Nearby),
  permissions: v.optional(
    v.object({
      share: maybe,
      chat: maybe,
      react: maybe,
      unmute: maybe,
      rename: maybe,
      record: maybe,
      sendFiles: maybe,
    }),
  ),
});
export type RoomSettings = v.InferOutput<typeof RoomSettings>;
