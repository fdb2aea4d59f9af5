/** What all calls over HTTP have in common. */
import type { HttpBindings } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono } from 'hono';
import { MAX_MESSAGE_BYTES } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { systemCode } from '../../host-error.ts';
import type { ConnectionEndpoints } from '../../meeting/index.ts';
import { parseJson } from '../json.ts';

/** A context of Node's own server. */
export type NodeContext = Context<{ Bindings: HttpBindings }>;

/** The other end of the socket; forwarding headers do not count. */
export function remoteAddressOf(c: Context): string {
  return getConnInfo(c).remote.address ?? '';
}

/** Both ends of the socket. */
export function endpointsOf(c: NodeContext): ConnectionEndpoints {
  const { remoteAddress = '', localAddress = '' } = c.env.incoming.socket;
  return { remoteAddress, localAddress };
}

/** The body, `{}` where there is none. @param most bytes @throws {ProtocolError} BAD_REQUEST */
export async function jsonBodyIfAny(c: Context, most = MAX_MESSAGE_BYTES): Promise<unknown> {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = c.req.header();
  return length === '0' && encoding === undefined ? {} : jsonBody(c, most);
}

/** @param most bytes @throws {ProtocolError} BAD_REQUEST */
export async function jsonBody(c: Context, most = MAX_MESSAGE_BYTES): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ProtocolError('BAD_REQUEST', 'Send the message as application/json.');
  }
  return parseJson(await bodyText(c, most));
}

/**
 * Stores at most `most` bytes, and reads at most as many as a message may have, whatever `Content-Length` says.
 * A body that is slightly too large is read to its end, because closing at once would cut off the answer.
 *
 * @throws {ProtocolError} BAD_REQUEST
 */
async function bodyText(c: Context, most: number): Promise<string> {
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      length += chunk.length;
      if (length > MAX_MESSAGE_BYTES) throw tooLarge(most);
      if (length <= most) chunks.push(chunk);
    }
  } catch (cause) {
    if (systemCode(cause) !== 'ECONNRESET') throw cause;
    throw new ProtocolError('BAD_REQUEST', 'The message did not arrive whole.', { cause });
  }
  if (length > most) throw tooLarge(most);
  return Buffer.concat(chunks).toString();
}

function tooLarge(most: number): ProtocolError {
  return new ProtocolError('BAD_REQUEST', `The message is larger than ${most} bytes.`);
}

/** The token of an `Authorization: Bearer` header (RFC 6750). */
export function bearerToken(c: Context): string | undefined {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** Refuses what is asked for by another method than the ones already routed. */
export function onlyBy<Env extends object>(routes: Hono<Env>, path: string, methods: string): void {
  routes.all(path, (c) => {
    c.header('Allow', methods);
    throw new ProtocolError('BAD_REQUEST', `This call goes by ${methods}.`);
  });
}
