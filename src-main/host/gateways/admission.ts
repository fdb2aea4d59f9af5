import type { IncomingMessage } from 'node:http';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Access } from './access.ts';

export interface Caller {
  /** The `Host` header. */
  host: string | undefined;
  /** The `Origin` header. */
  origin: string | undefined;
  /** The other end of the socket; forwarding headers do not count. */
  remoteAddress: string;
}

export function callerOf({ headers: { host, origin }, socket: { remoteAddress = '' } }: IncomingMessage): Caller {
  return { host, origin, remoteAddress };
}

/** Whether a browser may show the answer to the page that asks. */
export function readableBy(access: Access, { host, origin }: Omit<Caller, 'remoteAddress'>): boolean {
  return host !== undefined && access.hostAllowed(host) && access.originAllowed(origin, host);
}

/** Counts a request of an address. @throws {ProtocolError} RATE_LIMITED */
export function countRequest(access: Pick<Access, 'admit'>, remoteAddress: string): void {
  if (access.admit(remoteAddress)) return;
  throw new ProtocolError('RATE_LIMITED', 'Too many requests from your address. Wait a moment.');
}

/**
 * Counts a request and lets it in.
 *
 * @throws {ProtocolError} FORBIDDEN: under a name that is not this host's, or from a foreign page; RATE_LIMITED
 */
export function admit(access: Access, caller: Caller): void {
  countRequest(access, caller.remoteAddress);
  if (!access.hostAllowed(caller.host)) {
    throw new ProtocolError('FORBIDDEN', 'This host does not go by the name you used. Use the link you were given.');
  }
  if (!readableBy(access, caller)) {
    throw new ProtocolError('FORBIDDEN', 'Pages of other sites may not use this host.');
  }
}
