/** The calls about invites. */
import { CreatedInvite, InviteList, VALIDATE_LINK_PATH, ValidatedLink } from '../../../src-shared/protocol/index.ts';
import type { CreateInvite, InviteContent, ListedInvite } from '../../../src-shared/protocol/index.ts';
import { Nothing, call } from './http.ts';

/** A room, and the host token that proves it is one's own. */
export interface HeldRoom {
  origin: string;
  roomId: string;
  hostToken: string;
}

const pathOf = (roomId: string, id?: string): string =>
  `/api/rooms/${encodeURIComponent(roomId)}/invites${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

/** @throws {ProtocolError} NOT_FOUND: not one's own room (any more); LIMIT; and as every call */
export function createInvite({ origin, roomId, hostToken }: HeldRoom, invite: CreateInvite): Promise<CreatedInvite> {
  return call(CreatedInvite, origin, pathOf(roomId), { method: 'POST', body: invite, token: hostToken });
}

/** All of a room, those that are over too. @throws as `createInvite` */
export async function listInvites({ origin, roomId, hostToken }: HeldRoom): Promise<ListedInvite[]> {
  return (await call(InviteList, origin, pathOf(roomId), { token: hostToken })).invites;
}

/** Nobody comes in by it any more. @throws as `createInvite` */
export async function revokeInvite({ origin, roomId, hostToken }: HeldRoom, id: string): Promise<void> {
  await call(Nothing, origin, pathOf(roomId, id), { method: 'DELETE', token: hostToken });
}

/** What an invite's token says. @throws {ProtocolError} NOT_FOUND: whatever is wrong with it */
export async function validateLink(origin: string, token: string): Promise<InviteContent> {
  return (await call(ValidatedLink, origin, VALIDATE_LINK_PATH, { method: 'POST', body: { token } })).result;
}
