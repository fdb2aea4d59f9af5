/** The main process's side of `ipcRenderer.invoke`. */
import type * as Electron from 'electron';
import { present } from '../whole.ts';

type Handler = Parameters<Electron.IpcMain['handle']>[1];

const handlers = new Map<string, Handler>();

export const ipcMain = present<Electron.IpcMain>('ipcMain', {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
});

/**
 * Calls a channel's handler.
 *
 * @param url of the page that calls, a top frame: preloads run in no other
 * @throws {Error} in Electron's words, with the message of what the handler threw and nothing else of it
 */
export async function invoke(
  channel: string,
  args: unknown[],
  { sender, url }: { sender: Electron.WebContents; url: string },
): Promise<unknown> {
  try {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const senderFrame = frameAt(url);
    const event = present<Electron.IpcMainInvokeEvent>('IPC event', { sender, senderFrame, type: 'frame' });
    return (await handler(event, ...args)) as unknown;
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
  }
}

/** A window's main frame. */
export function frameAt(url: string): Electron.WebFrameMain {
  return present<Electron.WebFrameMain>('frame', { url, parent: null });
}
