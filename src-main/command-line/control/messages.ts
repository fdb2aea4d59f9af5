/** What `parley rooms` and `parley end` and a running host say to each other: HTTP over a local socket in the data folder. */
import { join } from 'node:path';
import * as v from 'valibot';

/** The name of the socket in the data folder. */
const SOCKET = 'control.sock';

/** Why the running host could not be asked; `message` is a sentence that says what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: 'NOT_RUNNING' | 'FORBIDDEN';

  constructor(code: ControlError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const ROOMS_PATH = '/rooms';

export const RoomList = v.array(
  v.object({ roomId: v.string(), name: v.string(), participants: v.number(), scheduled: v.boolean() }),
);
export type RoomList = v.InferOutput<typeof RoomList>;

export function socketPath(dataFolder: string): string {
  return join(dataFolder, SOCKET);
}
