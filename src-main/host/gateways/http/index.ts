import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { routePath } from 'hono/route';
import { HTTP_STATUS, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Log, Rooms } from '../../meeting/index.ts';
import type { Access, HostIdentity } from '../access.ts';
import { checkRequest, readableBy } from '../request-check.ts';
import { failureOf, httpFailure } from '../failure.ts';
import { apiRoutes } from './api.ts';
import { deskLinkRoutes } from './desk-links.ts';
import type { Attendees } from './media/attendees.ts';
import { PageFiles } from './page-files.ts';
import { pageRoutes } from './page.ts';
import type { NodeContext } from './requests.ts';

interface Options {
  rooms: Rooms;
  attendees: Attendees;
  access: Access;
  identity: HostIdentity;
  /** The folder of the built page. */
  pageRoot: string;
  log: Log;
}

/** The way in over HTTP: making rooms and looking at them, and the page itself. */
export function createHttpApp({
  rooms,
  attendees,
  access,
  identity,
  pageRoot,
  log,
}: Options): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(async (c, next) => {
    checkRequest(access, c.env.incoming);
    await next();
  });
  app.use(
    '/api/*',
    cors({
      origin: (origin, c: NodeContext) => (readableBy(access, c.env.incoming.headers) ? origin : null),
      allowMethods: ['GET', 'HEAD', 'POST', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type'],
      maxAge: 600,
    }),
  );

  app.route('/api', apiRoutes({ rooms, attendees, access, identity }));
  app.route('/', deskLinkRoutes({ rooms }));
  app.route('/', pageRoutes(new PageFiles(pageRoot)));

  const fail = (c: Context, error: unknown) => {
    const failure = failureOf(error, log, `${c.req.method} ${routePath(c)}`);
    return c.json(httpFailure(c.req.path, failure), HTTP_STATUS[failure.code]);
  };
  app.onError((error, c) => fail(c, error));
  app.notFound((c) => fail(c, new ProtocolError('NOT_FOUND', 'There is nothing at this address.')));
  return app;
}
