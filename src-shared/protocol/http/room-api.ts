/** The HTTP calls about rooms, invites and the host, for their OpenAPI description. */
import * as v from 'valibot';
import { NearbyRooms } from './nearby.ts';
import { CreateRoom, CreatedRoom, HostInfo, RoomInfo } from './rooms.ts';
import { CreateInvite, CreatedInvite, InviteList, VALIDATE_LINK_PATH, ValidateLink, ValidatedLink } from './invites.ts';

interface RoomCall<Body extends v.GenericSchema> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Parameters are in braces. */
  readonly path: string;
  /** Whether it needs the room's host token. */
  readonly bearer: boolean;
  readonly body?: Body;
  /** The status of success. */
  readonly status: 200 | 201 | 204;
  readonly answer?: v.GenericSchema;
  readonly summary: string;
  /** A valid body; its tokens are placeholders for tokens of earlier answers. */
  readonly example?: v.InferInput<Body>;
}

const call = <const Body extends v.GenericSchema>(entry: RoomCall<Body>) => entry;

export const roomApi = {
  whoIsHost: call({
    method: 'GET',
    path: '/api/host',
    bearer: false,
    status: 200,
    answer: HostInfo,
    summary: 'The computer, and whether you may make rooms on it.',
  }),
  listNearby: call({
    method: 'GET',
    path: '/api/nearby',
    bearer: false,
    status: 200,
    answer: NearbyRooms,
    summary: 'What the host shows of its rooms to those on its own networks, who have no link.',
  }),
  makeRoom: call({
    method: 'POST',
    path: '/api/rooms',
    bearer: false,
    body: CreateRoom,
    status: 201,
    answer: CreatedRoom,
    summary: 'Make a room and be its host. With `startsAt` it is scheduled and stays.',
    example: { hostName: 'Ada', name: 'Morning round' },
  }),
  lookAtRoom: call({
    method: 'GET',
    path: '/api/rooms/{roomId}',
    bearer: false,
    status: 200,
    answer: RoomInfo,
    summary: 'What anyone with the link may know of a room before joining.',
  }),
  createInvite: call({
    method: 'POST',
    path: '/api/rooms/{roomId}/invites',
    bearer: true,
    body: CreateInvite,
    status: 201,
    answer: CreatedInvite,
    summary: 'A signed link for one role, that can be revoked.',
    example: { role: 'participant', name: 'Bo', expires: 4_102_444_800_000 },
  }),
  listInvites: call({
    method: 'GET',
    path: '/api/rooms/{roomId}/invites',
    bearer: true,
    status: 200,
    answer: InviteList,
    summary: 'All invites of a room, and who came by them when.',
  }),
  revokeInvite: call({
    method: 'DELETE',
    path: '/api/rooms/{roomId}/invites/{id}',
    bearer: true,
    status: 204,
    summary: 'Let nobody in by this invite any more.',
  }),
  validateLink: call({
    method: 'POST',
    path: VALIDATE_LINK_PATH,
    bearer: false,
    body: ValidateLink,
    status: 200,
    answer: ValidatedLink,
    summary: 'What the token of an invite says, if it is valid.',
    example: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.signature' },
  }),
} as const;
