import { type Context, Hono } from 'hono';
import { buildInvite } from '../../../../src-shared/invite.ts';
import { MAX_OPEN_BODY_BYTES, MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import {
  CreateInvite,
  type CreatedInvite,
  type InviteList,
  ProtocolError,
  ValidateLink,
  type ValidatedLink,
  isMeetingRole,
  parse,
} from '../../../../src-shared/protocol/index.ts';
import { AddressRates } from '../../rates/address-rates.ts';
import type { Rooms } from '../../meeting/index.ts';
import { type HostIdentity, hostOf } from '../access.ts';
import { bearerToken, jsonBody, onlyBy, remoteAddressOf } from './requests.ts';

/** The calls under `/api` about invites. All but the check of a link are for who shows the room's host token. */
export function inviteRoutes({ rooms, identity }: { rooms: Rooms; identity: HostIdentity }): Hono {
  const routes = new Hono();
  const tries = AddressRates.perMinute(MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS);

  /** @throws {ProtocolError} RATE_LIMITED */
  const countTry = (c: Context) => {
    if (tries.take(remoteAddressOf(c))) return;
    throw new ProtocolError('RATE_LIMITED', 'Too many tries from your address. Wait a minute.');
  };
  /** The room whose host asks. @throws {ProtocolError} RATE_LIMITED, UNAUTHORIZED, NOT_FOUND */
  const hostedRoom = (c: Context<object, '/rooms/:roomId/*'>) => {
    countTry(c);
    const roomId = c.req.param('roomId');
    rooms.requireHost(roomId, bearerToken(c));
    return roomId;
  };

  routes.post('/rooms/:roomId/invites', async (c) => {
    const roomId = hostedRoom(c);
    const request = parse(CreateInvite, await jsonBody(c));
    const { id, token } = await rooms.invites.create(roomId, request);
    const desk = !isMeetingRole(request.role);
    const url = buildInvite({ roomId, token, ...hostOf(identity), ...(desk && { desk }) });
    return c.json<CreatedInvite>({ id, token, url }, 201);
  });
  routes.get('/rooms/:roomId/invites', (c) => {
    const roomId = hostedRoom(c);
    return c.json<InviteList>({ invites: rooms.invites.list(roomId) });
  });
  routes.delete('/rooms/:roomId/invites/:id', (c) => {
    rooms.invites.revoke(hostedRoom(c), c.req.param('id'));
    return c.body(null, 204);
  });
  routes.post('/validate-link', async (c) => {
    countTry(c);
    const { token } = parse(ValidateLink, await jsonBody(c, MAX_OPEN_BODY_BYTES));
    return c.json<ValidatedLink>({ status: 'success', result: await rooms.invites.read(token) });
  });

  onlyBy(routes, '/rooms/:roomId/invites', 'GET, HEAD, POST');
  onlyBy(routes, '/rooms/:roomId/invites/:id', 'DELETE');
  onlyBy(routes, '/validate-link', 'POST');
  return routes;
}
