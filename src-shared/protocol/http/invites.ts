/** Invites: the requests, and the content of their tokens. Times are epoch ms; only inside a token they are seconds. */
import * as v from 'valibot';
import { AppointmentTitle, Id, RoomId, Timestamp, Token, UserName } from '../values/primitives.ts';
import { Role } from '../values/room.ts';

/** The first four are roles in a meeting; `professional` and `client` are those of a desk. */
export const InviteRole = v.picklist(['host', 'co-host', 'participant', 'viewer', 'professional', 'client']);
export type InviteRole = v.InferOutput<typeof InviteRole>;

/** Whether it is a role in a meeting. */
export function isMeetingRole(role: InviteRole): role is Role {
  return v.is(Role, role);
}

/** The appointment of a desk's client. */
export const Appointment = v.object({ id: Id, title: AppointmentTitle, startsAt: Timestamp });
export type Appointment = v.InferOutput<typeof Appointment>;

export const CreateInvite = v.object({
  role: InviteRole,
  /** The name of the person it is for; absent: the person who uses it enters a name. */
  name: v.exactOptional(UserName),
  notBefore: v.exactOptional(Timestamp),
  expires: v.exactOptional(Timestamp),
  appointment: v.exactOptional(Appointment),
});
export type CreateInvite = v.InferOutput<typeof CreateInvite>;

export const CreatedInvite = v.object({ id: Id, token: Token, url: v.pipe(v.string(), v.url()) });
export type CreatedInvite = v.InferOutput<typeof CreatedInvite>;

/** The content of a valid token; `notBefore` and `expires` are whole seconds, as epoch ms. */
export const InviteContent = v.object({ id: Id, roomId: RoomId, ...CreateInvite.entries });
export type InviteContent = v.InferOutput<typeof InviteContent>;

export const InviteUse = v.object({ userId: Id, userName: UserName, at: Timestamp });
export type InviteUse = v.InferOutput<typeof InviteUse>;

export const ListedInvite = v.object({
  ...InviteContent.entries,
  createdAt: Timestamp,
  revokedAt: v.exactOptional(Timestamp),
  /** The latest uses, oldest first. */
  uses: v.array(InviteUse),
});
export type ListedInvite = v.InferOutput<typeof ListedInvite>;

export const InviteList = v.object({ invites: v.array(ListedInvite) });
export type InviteList = v.InferOutput<typeof InviteList>;

/** The call that checks a link: its path, request and answer. */
export const VALIDATE_LINK_PATH = '/api/validate-link';
export const ValidateLink = v.object({ token: Token });
export type ValidateLink = v.InferOutput<typeof ValidateLink>;
export const ValidatedLink = v.object({ status: v.literal('success'), result: InviteContent });
export type ValidatedLink = v.InferOutput<typeof ValidatedLink>;
