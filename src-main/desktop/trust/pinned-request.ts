/** One HTTP call to a host that must have a certain key; nothing is sent to another. */
import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { MAX_PINNED_ANSWER_BYTES, PINNED_ANSWER_MS } from '../../../src-shared/limits.ts';
import { handshake } from './handshake.ts';

export interface PinnedRequest {
  /** `https://address:port`. */
  origin: string;
  /** Base64url of SHA-256 over the SPKI. */
  fingerprint: string;
  path: string;
  /** Sent as JSON with POST; absent: GET. */
  body?: object;
}

/**
 * @returns the status, and the JSON of the body
 * @throws {DesktopError} UNREACHABLE
 * @throws {Error} the host has another key, or its answer takes too long, is too large or no JSON
 */
export async function pinnedRequest(options: PinnedRequest): Promise<{ status: number; body: unknown }> {
  const { origin, fingerprint, path, body } = options;
  const { socket, seen } = await handshake(origin);
  try {
    if (seen.fingerprint !== fingerprint) throw new Error(`Another host answers at ${origin}`);
    return await call(new URL(path, origin), body, socket);
  } finally {
    socket.destroy();
  }
}

function call(url: URL, body: object | undefined, socket: TLSSocket): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : {},
      createConnection: () => socket,
      signal: AbortSignal.timeout(PINNED_ANSWER_MS),
    });
    asking.once('error', reject);
    asking.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.once('error', reject);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > MAX_PINNED_ANSWER_BYTES) asking.destroy(new Error(`The answer of ${url.host} is too large`));
      });
      response.once('end', () => {
        try {
          const json: unknown = JSON.parse(Buffer.concat(chunks).toString());
          resolve({ status: response.statusCode ?? 0, body: json });
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    asking.end(body && JSON.stringify(body));
  });
}
