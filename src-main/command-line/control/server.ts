/**
 * The socket by which the owner of a host lists and ends rooms. It is a file that only the host's own user (and
 * root) can open, in a folder that only they can enter: no secret, no port, nothing that a page in a browser reaches.
 */
import { chmodSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { MAX_CONTROL_CONNECTIONS } from '../../../src-shared/limits.ts';
import type { Host } from '../../host/host.ts';
import type { Log } from '../../host/meeting/index.ts';
import { ROOMS_PATH, socketPath } from './messages.ts';

const OWNER_ONLY = 0o600;
const REQUEST_MS = 10_000;
const ENDED_BY_OWNER = 'The host has ended the meeting.';

type ControlledHost = Pick<Host, 'listRooms' | 'endRoom'>;

/**
 * Opens it. A host without it still hosts: what keeps it from being opened is logged.
 *
 * @param folder the data folder, which no other host uses
 * @returns closes it
 */
export async function openControl(host: ControlledHost, folder: string, log: Log): Promise<() => void> {
  // Windows has no such files: its named pipes can be opened by every user of the computer.
  if (process.platform === 'win32') return () => undefined;
  const path = socketPath(folder);
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    const { status, body } = answer(host, request);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  server.maxConnections = MAX_CONTROL_CONNECTIONS;
  try {
    // Left by a host that was killed: this one has the folder for itself.
    await rm(path, { force: true });
    const before = process.umask(0o777 - OWNER_ONLY);
    try {
      server.listen(path);
    } finally {
      process.umask(before);
    }
    await once(server, 'listening');
    chmodSync(path, OWNER_ONLY);
  } catch (error) {
    log.warn('Rooms cannot be listed or ended from the command line', { error });
  }
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

function answer(host: ControlledHost, { method, url = '' }: IncomingMessage): { status: number; body: unknown } {
  if (url === ROOMS_PATH && method === 'GET') return { status: 200, body: host.listRooms() };
  const [, roomId] = /^\/rooms\/([^/?]+)$/.exec(url) ?? [];
  if (roomId === undefined || method !== 'DELETE') return { status: 404, body: {} };
  return { status: host.endRoom(decodeURIComponent(roomId), ENDED_BY_OWNER) ? 200 : 404, body: {} };
}
