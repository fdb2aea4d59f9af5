/** The main process's end of the bridge. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { channel } from '../../../src-shared/channel.ts';
import { CALLS } from '../../../src-shared/ipc.ts';
import type { Answer, Answers, Argument, Call, ShellProblem } from '../../../src-shared/ipc.ts';
import { ProtocolError, parse } from '../../../src-shared/protocol/index.ts';
import { isAppAddress } from '../page/scheme.ts';
import { ShellError } from './shell-error.ts';

export type CallHandlers = {
  readonly [Name in Call]: (argument: Argument<Name>) => Answers[Name] | Promise<Answers[Name]>;
};

/**
 * Answers every call of the contract: sender first, then the argument's schema, then the handler.
 * A call from anywhere but our window rejects and learns nothing; a failure is answered as a
 * problem, because an error loses its code on the way.
 *
 * @param report told of failures nobody foresaw
 */
export function serveCalls(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: CallHandlers,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
  report: (error: unknown) => void,
): void {
  for (const name of Object.keys(CALLS) as Call[])
    ipcMain.handle(channel(name), (event, argument: unknown) => {
      if (!isTrusted(event)) throw new ShellError('BAD_REQUEST', 'This call is for the app’s own window');
      return answer(name, argument, handlers[name], report);
    });
}

async function answer<Name extends Call>(
  name: Name,
  argument: unknown,
  handler: CallHandlers[Name],
  report: (error: unknown) => void,
): Promise<Answer<Answers[Name]>> {
  try {
    return { ok: true, value: await handler(parse(CALLS[name], argument)) };
  } catch (error) {
    return { ok: false, problem: describe(error, report) };
  }
}

function describe(error: unknown, report: (error: unknown) => void): ShellProblem {
  if (error instanceof ShellError) return { code: error.code, detail: error.message };
  if (error instanceof ProtocolError) return { code: 'BAD_REQUEST', detail: error.message };
  report(error);
  return { code: 'INTERNAL', detail: 'Something went wrong in the app' };
}

/** What Electron says of who sent a message. */
interface Sent {
  /** The contents it came from. */
  sender: object;
  senderFrame: { url: string; parent: object | null } | null;
}

/**
 * Whether a call comes from the page of these contents: its top frame, at the app's address. Must be
 * asked synchronously: a frame that has navigated since is null or another page.
 */
export function isFromPage({ sender, senderFrame }: Sent, contents: object | null): boolean {
  return senderFrame !== null && senderFrame.parent === null && sender === contents && isAppAddress(senderFrame.url);
}
