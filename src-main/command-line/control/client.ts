/** `parley rooms` and `parley end ROOM`: asks the host that runs with the same data folder. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { systemCode } from '../../host/host-error.ts';
import { ControlError, RoomList, ROOMS_PATH, socketPath } from './messages.ts';

/** How long the host may take to answer, ms. */
const ANSWER_MS = 10_000;

/** @throws {ControlError} NOT_RUNNING, FORBIDDEN */
export async function askForRooms(folder: string): Promise<RoomList> {
  const { body } = await ask(folder, 'GET', ROOMS_PATH);
  return v.parse(RoomList, JSON.parse(body));
}

/** False: there is no such room. @throws {ControlError} NOT_RUNNING, FORBIDDEN */
export async function askToEnd(folder: string, roomId: string): Promise<boolean> {
  const { status } = await ask(folder, 'DELETE', `${ROOMS_PATH}/${encodeURIComponent(roomId)}`);
  return status === 200;
}

/** Rooms as a person reads them, one per line. */
export function describeRooms(rooms: RoomList): string {
  if (rooms.length === 0) return 'There are no meetings.\n';
  const rows = rooms.map(({ roomId, participants, name, scheduled }) => [
    roomId,
    String(participants),
    `${printable(name)}${scheduled ? ' (scheduled)' : ''}`,
  ]);
  const all = [['ROOM', 'PEOPLE', 'NAME'], ...rows];
  const width = (column: number) => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  return all
    .map(([id = '', people = '', name = '']) => `${id.padEnd(first)}  ${people.padStart(second)}  ${name}\n`)
    .join('');
}

/** Without characters that a terminal would take for commands. */
const printable = (name: string) => name.replaceAll(/\p{C}/gu, ' ');

async function ask(folder: string, method: string, path: string): Promise<{ status: number; body: string }> {
  if (process.platform === 'win32') {
    throw new ControlError(
      'NOT_RUNNING',
      'Rooms can be listed and ended from the command line on Linux and macOS only.',
    );
  }
  const call = request({ socketPath: socketPath(folder), method, path, timeout: ANSWER_MS, agent: false });
  call.once('timeout', () => call.destroy(new Error('The host does not answer.')));
  call.end();
  try {
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (error) {
    throw explained(error, folder);
  }
}

function explained(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM') {
    const sentence = `Only the user who runs the host with the data folder ${folder}, or root, may do this.`;
    return new ControlError('FORBIDDEN', sentence, { cause: error });
  }
  if (code !== 'ENOENT' && code !== 'ECONNREFUSED' && code !== 'EINVAL') return error;
  const sentence = `No host is running with the data folder ${folder}. If it has another one, name it with --data or --config.`;
  return new ControlError('NOT_RUNNING', sentence, { cause: error });
}
