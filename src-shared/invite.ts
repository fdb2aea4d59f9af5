/**
 * Links to meetings: `https://address:port/r/ROOMID#t=TOKEN&k=KEY&fp=FINGERPRINT`. Browsers do not
 * send the part after `#`, so it is in no server's log. `parley://address:port/r/ROOMID#…` opens the app.
 * Links to a desk have `/desk/` in place of `/r/`.
 */
import * as v from 'valibot';
import { Fingerprint, RoomId, Token } from './protocol/values/primitives.ts';

export interface Invite {
  /** `https://address:port` of the host. */
  origin: string;
  roomId: string;
  /** Whether it leads to the room's desk, not into its meeting. */
  desk?: true;
  token?: string;
  /** The room's link key: without it the host says that there is no such room. */
  key?: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  fingerprint?: string;
}

/** The first segment of a link's path: to a meeting or to a desk. */
export const LINK_PATHS = { meeting: 'r', desk: 'desk' } as const;

/** The path of a room's meeting or desk on the page. */
export function pathOf({ roomId, desk }: Pick<Invite, 'roomId' | 'desk'>): string {
  return `/${desk ? LINK_PATHS.desk : LINK_PATHS.meeting}/${encodeURIComponent(roomId)}`;
}

/** Whether a path is one of a link, to whatever room. */
export function isLinkPath(path: string): boolean {
  return Object.values(LINK_PATHS).some((segment) => path.startsWith(`/${segment}/`));
}

export function buildInvite({ origin, token, key, fingerprint, ...where }: Invite): string {
  const url = new URL(pathOf(where), origin);
  const fragment = new URLSearchParams();
  if (token) fragment.set('t', token);
  if (key) fragment.set('k', key);
  if (fingerprint) fragment.set('fp', fingerprint);
  url.hash = fragment.toString();
  return url.href;
}

/**
 * Parses a link; null: it is none. Accepts https, http and parley links, a link without a scheme, and
 * `?token=` of earlier systems (the caller removes it from the address).
 */
export function parseInvite(text: string): Invite | null {
  const written = text.trim();
  const href = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  const web = href.replace(/^(parley|http):/i, 'https:');
  const url = URL.canParse(web) ? new URL(web) : null;
  const [, segment, roomId] = url?.pathname.match(/^\/([^/]+)\/([^/]+)\/?$/) ?? [];
  if (!url || url.protocol !== 'https:' || !isLinkPath(url.pathname) || !v.is(RoomId, roomId)) return null;
  const fragment = new URLSearchParams(url.hash.slice(1));
  const token = fragment.get('t') ?? url.searchParams.get('token');
  const key = fragment.get('k');
  const fingerprint = fragment.get('fp');
  return {
    origin: url.origin,
    roomId,
    ...(segment === LINK_PATHS.desk && { desk: true }),
    ...(v.is(Token, token) && { token }),
    ...(v.is(Token, key) && { key }),
    ...(v.is(Fingerprint, fingerprint) && { fingerprint }),
  };
}
