import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { MAX_OPEN_BODY_BYTES } from '../../../../../src-shared/limits.ts';
import { HTTP_STATUS, parse } from '../../../../../src-shared/protocol/index.ts';
import {
  type AttendeeCallName,
  type MediaCallName,
  type OpenCallName,
  mediaApi,
} from '../../../../../src-shared/protocol/http/media-api.ts';
import type { ConnectionEndpoints } from '../../../meeting/index.ts';
import { type NodeContext, bearerToken, endpointsOf, jsonBodyIfAny, onlyBy } from '../requests.ts';
import type { AttendeeCalls } from './attendee.ts';
import { type Attendees, WaitingAttendee } from './attendees.ts';
import type { OpenCalls } from './open-calls.ts';

/** The routes of the table `mediaApi`. */
export function mediaRoutes(calls: OpenCalls, attendees: Attendees): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  const carryOut = async (c: NodeContext, name: MediaCallName) => {
    if (isOpen(name)) return callOpen(calls, name, () => inputOf(c, name, MAX_OPEN_BODY_BYTES), endpointsOf(c));
    // First, so that strangers learn nothing of what a call takes.
    const attendee = attendees.find(bearerToken(c));
    attendee.countRequest();
    return callAttendee(attendee, name, await inputOf(c, name));
  };

  for (const name of Object.keys(mediaApi).filter(isCall)) {
    const answer = async (c: NodeContext) => {
      const result = await carryOut(c, name);
      if (result instanceof WaitingAttendee) return c.json({ status: 'waiting', result }, HTTP_STATUS.WAITING);
      return c.json({ status: 'success', result });
    };
    const path = `/${name}`;
    if (mediaApi[name].method === 'GET') {
      routes.get(path, answer);
      onlyBy(routes, path, 'GET, HEAD');
    } else {
      routes.post(path, answer);
      onlyBy(routes, path, 'POST');
    }
  }
  return routes;
}

/** @param most bytes of a body */
async function inputOf(c: NodeContext, name: MediaCallName, most?: number): Promise<unknown> {
  return mediaApi[name].method === 'GET' ? c.req.query() : jsonBodyIfAny(c, most);
}

function callOpen<Name extends OpenCallName>(
  calls: OpenCalls,
  name: Name,
  read: () => Promise<unknown>,
  endpoints: ConnectionEndpoints,
) {
  return calls[name](async () => parse(mediaApi[name].input, await read()), endpoints);
}

function callAttendee<Name extends AttendeeCallName>(calls: AttendeeCalls, name: Name, input: unknown) {
  return calls[name](parse(mediaApi[name].input, input));
}

function isCall(name: string): name is MediaCallName {
  return Object.hasOwn(mediaApi, name);
}

function isOpen(name: MediaCallName): name is OpenCallName {
  return !mediaApi[name].bearer;
}
