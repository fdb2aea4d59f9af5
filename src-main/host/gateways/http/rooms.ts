import { Hono } from 'hono';
import { buildInvite } from '../../../../src-shared/invite.ts';
import { MAX_OPEN_BODY_BYTES } from '../../../../src-shared/limits.ts';
import {
  CreateRoom,
  type CreatedRoom,
  type HostInfo,
  type NearbyRooms,
  type RoomInfo,
  parse,
} from '../../../../src-shared/protocol/index.ts';
import type { Rooms } from '../../meeting/index.ts';
import { type Access, type HostIdentity, hostOf } from '../access.ts';
import type { NewRooms } from './new-rooms.ts';
import { bearerToken, jsonBody, onlyBy, remoteAddressOf } from './requests.ts';

interface Options {
  rooms: Rooms;
  newRooms: NewRooms;
  access: Access;
  identity: HostIdentity;
}

/** The calls under `/api` about rooms and the host itself. */
export function roomRoutes({ rooms, newRooms, access, identity }: Options): Hono {
  const routes = new Hono();

  routes.post('/rooms', async (c) => {
    const remoteAddress = remoteAddressOf(c);
    newRooms.requireAllowed(remoteAddress);
    const request = parse(CreateRoom, await jsonBody(c, MAX_OPEN_BODY_BYTES));
    const { roomId, hostToken, linkKey: key } = await newRooms.make(remoteAddress, request);
    const url = buildInvite({ roomId, ...(key !== undefined && { key }), ...hostOf(identity) });
    return c.json<CreatedRoom>({ roomId, hostToken, url, ...(key !== undefined && { linkKey: key }) }, 201);
  });
  routes.get('/rooms/:roomId', async (c) => {
    const token = bearerToken(c);
    const asked = [c.req.param('roomId'), remoteAddressOf(c), c.req.query('key')] as const;
    return c.json<RoomInfo>(token === undefined ? rooms.info(...asked) : await rooms.infoFor(token, ...asked));
  });
  routes.get('/host', (c) => {
    const { name, version, fingerprint, keyInLinks } = identity;
    const mayCreateRooms = access.mayCreateRooms(remoteAddressOf(c));
    return c.json<HostInfo>({ name, version, fingerprint, keyInLinks, mayCreateRooms });
  });

  routes.get('/nearby', (c) => {
    // Whoever comes through a router from elsewhere is not nearby.
    const here = access.isOnOwnNetwork(remoteAddressOf(c));
    return c.json<NearbyRooms>({ rooms: here ? rooms.nearby() : [] });
  });

  onlyBy(routes, '/nearby', 'GET, HEAD');
  onlyBy(routes, '/rooms', 'POST');
  onlyBy(routes, '/rooms/:roomId', 'GET, HEAD');
  onlyBy(routes, '/host', 'GET, HEAD');
  return routes;
}
