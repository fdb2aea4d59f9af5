import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { pathOf } from '../../../../src-shared/invite.ts';
import { MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError, ValidateLink, isMeetingRole } from '../../../../src-shared/protocol/index.ts';
import { AddressRates } from '../../rates/address-rates.ts';
import type { Rooms } from '../../meeting/index.ts';
import { remoteAddressOf } from './requests.ts';

/** Paths of links that name a token and no room: a client's and a professional's. The token says which role it gives. */
const PATHS = ['/join-video', '/dashboard'];
/** A desk that no token belongs to: its page refuses any link. */
const NO_DESK = { roomId: 'unknown', desk: true } as const;

/**
 * Redirects `/join-video?token=` and `/dashboard?token=` to the desk that the token is for. There the token stands
 * after `#`, so that it is in no later request. With an invalid token, the page explains that the link is invalid.
 */
export function deskLinkRoutes({ rooms }: { rooms: Rooms }): Hono {
  const routes = new Hono();
  const tries = AddressRates.perMinute(MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS);

  /** @throws {ProtocolError} NOT_FOUND: the token is not one to a desk */
  const deskOf = async (token: string) => {
    const { roomId, role } = await rooms.invites.read(token);
    if (isMeetingRole(role)) throw new ProtocolError('NOT_FOUND', 'The link leads elsewhere.');
    return { roomId, desk: true } as const;
  };
  const redirect = async (c: Context) => {
    if (!tries.take(remoteAddressOf(c))) {
      throw new ProtocolError('RATE_LIMITED', 'Too many tries from your address. Wait a minute.');
    }
    const query = v.safeParse(ValidateLink, c.req.query());
    c.header('Cache-Control', 'no-store');
    if (!query.success) return c.redirect(pathOf(NO_DESK));
    const { token } = query.output;
    const desk = await deskOf(token).catch((error: unknown) => {
      if (error instanceof ProtocolError && error.code === 'NOT_FOUND') return NO_DESK;
      throw error;
    });
    return c.redirect(`${pathOf(desk)}#${new URLSearchParams({ t: token }).toString()}`);
  };
  for (const path of PATHS) routes.get(path, redirect);
  return routes;
}
