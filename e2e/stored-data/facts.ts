/** What is known of stored data that `make.ts` wrote: all that must be found in it by any later version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const Person = v.object({ userId: v.string(), userName: v.string(), role: v.string(), sessionToken: v.string() });
const Invite = v.object({
  id: v.string(),
  token: v.string(),
  role: v.string(),
  /** Who has come by it, in order. */
  uses: v.array(v.string()),
  state: v.picklist(['valid', 'revoked', 'expired', 'early']),
});
const Message = v.object({ from: v.string(), message: v.string(), to: v.optional(v.string()) });
const Room = v.object({
  roomId: v.string(),
  hostToken: v.string(),
  name: v.string(),
  people: v.array(Person),
  invites: v.array(Invite),
  messages: v.array(Message),
});
export type RoomFacts = v.InferOutput<typeof Room>;

const Facts = v.object({
  /** Epoch ms, when all of it had been written. */
  madeAt: v.number(),
  fingerprint: v.string(),
  /** Open when the process was killed. */
  open: Room,
  scheduled: Room,
  endedRoomId: v.string(),
  desk: v.object({
    ...Room.entries,
    appointment: v.object({ id: v.string(), title: v.string(), startsAt: v.number() }),
  }),
});
export type Facts = v.InferOutput<typeof Facts>;

/** The folder of what a version stored. */
export const folderOf = (version: string): string => join(import.meta.dirname, version);

export function factsOf(version: string): Facts {
  return v.parse(Facts, JSON.parse(readFileSync(join(folderOf(version), 'facts.json'), 'utf8')));
}
