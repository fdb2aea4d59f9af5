import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { buildInvite } from '../../../../src-shared/invite.ts';
import { MAX_MESSAGE_BYTES, MAX_ROOMS_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import {
  CreateRoom,
  type CreatedRoom,
  type HostInfo,
  ProtocolError,
  type RoomInfo,
  parse,
} from '../../../../src-shared/protocol/index.ts';
import { AddressRates } from '../../address-rates.ts';
import { systemCode } from '../../host-error.ts';
import type { Meetings } from '../../meeting/index.ts';
import type { Access, HostIdentity } from '../access.ts';

interface Options {
  meetings: Meetings;
  access: Access;
  identity: HostIdentity;
}

/** The calls under `/api`. */
export function apiRoutes({ meetings, access, identity }: Options): Hono {
  const routes = new Hono();
  const newRooms = new AddressRates({
    burst: MAX_ROOMS_PER_MINUTE_PER_ADDRESS,
    rate: MAX_ROOMS_PER_MINUTE_PER_ADDRESS,
    interval: 'minute',
  });
  const smallBody = bodyLimit({
    maxSize: MAX_MESSAGE_BYTES,
    onError: () => {
      throw new ProtocolError('BAD_REQUEST', `The message is larger than ${MAX_MESSAGE_BYTES} bytes.`);
    },
  });

  routes.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  routes.post('/rooms', smallBody, async (c) => {
    const remoteAddress = remoteAddressOf(c);
    if (!access.mayCreateRooms(remoteAddress)) {
      throw new ProtocolError(
        'FORBIDDEN',
        'Meetings on this computer are started by its own people. Ask one of them, or host on your own computer.',
      );
    }
    const request = parse(CreateRoom, await jsonBody(c));
    if (!newRooms.admit(remoteAddress)) {
      throw new ProtocolError('RATE_LIMITED', 'Too many new meetings from your address. Wait a minute.');
    }
    const { roomId, hostToken } = await meetings.create(request);
    const url = buildInvite({ origin: identity.url, roomId, fingerprint: identity.fingerprint });
    return c.json<CreatedRoom>({ roomId, hostToken, url }, 201);
  });
  routes.get('/rooms/:roomId', (c) => c.json<RoomInfo>(meetings.info(c.req.param('roomId'))));
  routes.get('/host', (c) => {
    const { name, version, fingerprint } = identity;
    return c.json<HostInfo>({ name, version, fingerprint, mayCreateRooms: access.mayCreateRooms(remoteAddressOf(c)) });
  });

  onlyBy(routes, '/rooms', 'POST');
  onlyBy(routes, '/rooms/:roomId', 'GET, HEAD');
  onlyBy(routes, '/host', 'GET, HEAD');
  routes.all('*', () => {
    throw new ProtocolError('NOT_FOUND', 'This host has no such call.');
  });
  return routes;
}

export function remoteAddressOf(c: Context): string {
  return getConnInfo(c).remote.address ?? '';
}

/** What is asked for by another method than the ones already routed. */
function onlyBy(routes: Hono, path: string, methods: string): void {
  routes.all(path, (c) => {
    c.header('Allow', methods);
    throw new ProtocolError('BAD_REQUEST', `This call goes by ${methods}.`);
  });
}

async function jsonBody(c: Context): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ProtocolError('BAD_REQUEST', 'Send the message as application/json.');
  }
  const text = await c.req.text().catch((cause: unknown) => {
    if (systemCode(cause) !== 'ECONNRESET') throw cause;
    throw new ProtocolError('BAD_REQUEST', 'The message did not arrive whole.', { cause });
  });
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The message is not valid JSON.', { cause });
  }
}
