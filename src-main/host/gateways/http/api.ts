import { Hono } from 'hono';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Rooms } from '../../meeting/index.ts';
import type { Access, HostIdentity } from '../access.ts';
import type { Attendees } from './media/attendees.ts';
import { openCalls } from './media/open-calls.ts';
import { mediaRoutes } from './media/routes.ts';
import { inviteRoutes } from './invites.ts';
import { NewRooms } from './new-rooms.ts';
import { type OpenApiDocument, openApiDocument } from './openapi.ts';
import { onlyBy } from './requests.ts';
import { roomRoutes } from './rooms.ts';

interface Options {
  rooms: Rooms;
  attendees: Attendees;
  access: Access;
  identity: HostIdentity;
}

/** Everything under `/api`. */
export function apiRoutes({ rooms, attendees, access, identity }: Options): Hono {
  const routes = new Hono();
  let described: OpenApiDocument | undefined;
  const newRooms = new NewRooms({ rooms, access });

  routes.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  routes.route('/', roomRoutes({ rooms, newRooms, access, identity }));
  routes.route('/', inviteRoutes({ rooms, identity }));
  routes.route('/media/rooms', mediaRoutes(openCalls({ rooms, newRooms, attendees }), attendees));
  routes.get('/openapi.json', (c) => c.json((described ??= openApiDocument(identity.version))));
  onlyBy(routes, '/openapi.json', 'GET, HEAD');
  routes.all('*', () => {
    throw new ProtocolError('NOT_FOUND', 'This host has no such call.');
  });
  return routes;
}
