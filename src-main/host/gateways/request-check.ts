import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { LINK_PATHS } from '../../../src-shared/invite.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Access } from './access.ts';

/** Of a request, what decides whether it is let in. */
export type ClientRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & {
  /** The other end; forwarding headers do not count. */
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
};

/** Where links from elsewhere lead: the page (`http/page.ts`), and what redirects to it (`http/desk-links.ts`). */
const PAGE = new RegExp(`^/((${Object.values(LINK_PATHS).join('|')})/[^/?]+/?|join-video|dashboard)?([?]|$)`);

/** Whether a browser may show the answer to the page that asks. */
export function readableBy(access: Access, { host, origin }: IncomingHttpHeaders): boolean {
  return host !== undefined && access.hostAllowed(host) && access.originAllowed(origin, host);
}

/** Counts a request of an address. @throws {ProtocolError} RATE_LIMITED */
export function countRequest(access: Pick<Access, 'takeRequest'>, remoteAddress: string): void {
  if (access.takeRequest(remoteAddress)) return;
  throw new ProtocolError('RATE_LIMITED', 'Too many requests from your address. Wait a moment.');
}

/**
 * Counts a request and lets it in. What a page of another site has a browser ask is refused before it
 * counts: it would use up what the person at that browser may ask for.
 *
 * @throws {ProtocolError} FORBIDDEN: under a name that is not this host's, or from a foreign page; RATE_LIMITED
 */
export function checkRequest(access: Access, request: ClientRequest): void {
  if (isCrossSite(access, request)) throw foreignPage();
  countRequest(access, request.socket.remoteAddress ?? '');
  if (!access.hostAllowed(request.headers.host)) {
    throw new ProtocolError('FORBIDDEN', 'This host does not go by the name you used. Use the link you were given.');
  }
  if (!readableBy(access, request.headers)) throw foreignPage();
}

function foreignPage(): ProtocolError {
  return new ProtocolError('FORBIDDEN', 'Pages of other sites may not use this host.');
}

/**
 * Whether a browser says that a page of another site asks (Fetch Metadata, W3C), and it is neither a
 * link that was followed to a page nor a page whose origin is allowed.
 */
function isCrossSite(access: Access, { method, url = '', headers }: ClientRequest): boolean {
  if (headers['sec-fetch-site'] !== 'cross-site') return false;
  if (headers.origin !== undefined) return !readableBy(access, headers);
  const navigates = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !(navigates && method === 'GET' && PAGE.test(url));
}
