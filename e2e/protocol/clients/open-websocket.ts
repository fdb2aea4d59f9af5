import { once } from 'node:events';
import { WebSocket } from 'ws';
import { retryWhenLimited } from '../retry-when-limited.ts';

/** What an upgrade is refused with that comes too soon after many others. */
export const TOO_OFTEN = 'Unexpected server response: 429';

/**
 * A WebSocket that is open.
 *
 * @param prepare called before it opens, so that nothing told is missed
 * @throws {Error} when it is refused for another reason than coming too often
 */
export async function openWebSocket(address: string, prepare: (socket: WebSocket) => void): Promise<WebSocket> {
  const open = async () => {
    const socket = new WebSocket(address, { rejectUnauthorized: false });
    prepare(socket);
    await once(socket, 'open').catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== TOO_OFTEN) throw error;
    });
    return socket;
  };
  return retryWhenLimited(open, (socket) => socket.readyState !== WebSocket.OPEN);
}
