import { Hono } from 'hono';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Meetings } from '../../meeting/index.ts';
import type { Access, HostIdentity } from '../access.ts';
import { NewRooms } from './new-rooms.ts';
import { roomRoutes } from './rooms.ts';

interface Options {
  meetings: Meetings;
  access: Access;
  identity: HostIdentity;
}

/** Everything under `/api`. */
export function apiRoutes({ meetings, access, identity }: Options): Hono {
  const routes = new Hono();
  const newRooms = new NewRooms({ meetings, access });

  routes.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  routes.route('/', roomRoutes({ meetings, newRooms, access, identity }));
  routes.all('*', () => {
    throw new ProtocolError('NOT_FOUND', 'This host has no such call.');
  });
  return routes;
}
