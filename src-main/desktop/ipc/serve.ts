/** The main process's side of a bridge to a page. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type * as v from 'valibot';
import type { Answer, DesktopProblem } from '../../../src-shared/ipc.ts';
import { ProtocolError, parse } from '../../../src-shared/protocol/index.ts';
import { isAppAddress } from '../page/scheme.ts';
import { DesktopError } from './desktop-error.ts';

/** The schema of each call's argument. */
type Calls = Readonly<Record<string, v.GenericSchema>>;

export type Handlers<Contract extends Calls, Answers extends Record<keyof Contract, unknown>> = {
  readonly [Name in keyof Contract]: (
    argument: v.InferOutput<Contract[Name]>,
  ) => Answers[Name] | Promise<Answers[Name]>;
};

export interface Serving<Contract extends Calls, Answers extends Record<keyof Contract, unknown>> {
  calls: Contract;
  handlers: Handlers<Contract, Answers>;
  channel: (name: keyof Contract & string) => string;
  isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Called with unexpected errors. */
  report: (error: unknown) => void;
}

/**
 * Answers every call of a contract: sender first, then the argument's schema, then the handler. A call
 * from anywhere but its own page rejects and learns nothing; a failure is answered as a problem, because
 * an error loses its code on the way.
 */
export function serveCalls<Contract extends Calls, Answers extends Record<keyof Contract, unknown>>(
  ipcMain: Pick<IpcMain, 'handle'>,
  { calls, handlers, channel, isTrusted, report }: Serving<Contract, Answers>,
): void {
  for (const name of Object.keys(calls) as (keyof Contract & string)[])
    ipcMain.handle(channel(name), (event, argument: unknown) => {
      if (!isTrusted(event)) throw new DesktopError('BAD_REQUEST', 'This call is for the app’s own window');
      return answer(calls[name], argument, handlers[name], report);
    });
}

async function answer<Schema extends v.GenericSchema, Value>(
  schema: Schema,
  argument: unknown,
  handler: (argument: v.InferOutput<Schema>) => Value | Promise<Value>,
  report: (error: unknown) => void,
): Promise<Answer<Value>> {
  try {
    return { ok: true, value: await handler(parse(schema, argument)) };
  } catch (error) {
    return { ok: false, problem: describe(error, report) };
  }
}

function describe(error: unknown, report: (error: unknown) => void): DesktopProblem {
  if (error instanceof DesktopError) return { code: error.code, detail: error.message };
  if (error instanceof ProtocolError) return { code: 'BAD_REQUEST', detail: error.message };
  report(error);
  return { code: 'INTERNAL', detail: 'Something went wrong in the app' };
}

/** What Electron reports about the sender of a message. */
interface Sent {
  /** The web contents that sent it. */
  sender: object;
  senderFrame: { url: string; parent: object | null } | null;
}

/**
 * Whether a call comes from the page of these web contents: from its top frame, at the app's address. Must be
 * called synchronously: once a frame has navigated, `senderFrame` is null or another page.
 */
export function isFromPage({ sender, senderFrame }: Sent, contents: object | null): boolean {
  return senderFrame !== null && senderFrame.parent === null && sender === contents && isAppAddress(senderFrame.url);
}
