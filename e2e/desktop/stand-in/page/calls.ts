/** The main process's side of a page's calls: IPC, and the stand-in's own questions to the app. */
import type * as Electron from 'electron';
import type { Target } from '../chromium/connection.ts';
import { invoke } from '../ipc/ipc-main.ts';
import { selectSource, restoreTitle } from '../screens/desktop-capturer.ts';
import { toApp } from '../session/addresses.ts';
import type { Asking } from '../session/permissions.ts';
import type { StandInSession } from '../session/session.ts';
import type { DisplayAnswer, PageCall, PageMessage, Questions, Wanted } from './questions.ts';
import { CALL_BINDING, PRELOAD_WORLD } from './scripts.ts';
import { createWire } from './wire.ts';

export interface PageCallsOptions {
  target: Target;
  /** Id of the page's top frame. */
  frameId: string;
  contents: Electron.WebContents;
  session: StandInSession;
  close: () => void;
  /** @throws {NotInStandIn} unless the app denies it */
  opens: (url: string) => void;
}

type Answers = {
  [Name in keyof Questions]: (
    asking: Asking,
    ...argument: Parameters<Questions[Name]>
  ) => ReturnType<Questions[Name]> | Promise<ReturnType<Questions[Name]>>;
};

const wire = createWire();

export class PageCalls {
  readonly #options: PageCallsOptions;
  /** The preload's world of the document shown, by Chromium's id. */
  #world: number | null = null;
  readonly #answers: Answers = {
    media: (asking, wanted) => this.#options.session.permissions.requestDevices(asking, kinds(wanted)),
    display: (asking, wanted) => this.#display(asking, wanted),
    displayTaken: () => restoreTitle().then(() => null),
    open: (_asking, url) => {
      this.#options.opens(toApp(url));
      return null;
    },
    close: () => {
      this.#options.close();
      return null;
    },
  };

  constructor(options: PageCallsOptions) {
    this.#options = options;
    const { target, frameId } = options;
    target.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === PRELOAD_WORLD && (auxData as { frameId?: string }).frameId === frameId) this.#world = id;
    });
    target.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#world) this.#world = null;
    });
    target.on('Runtime.executionContextsCleared', () => {
      this.#world = null;
    });
    target.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === CALL_BINDING) void this.#called(executionContextId, JSON.parse(payload) as PageCall);
    });
  }

  /** `webContents.send`: reaches the document that is shown now, if any. */
  message(channel: string, args: unknown[]): void {
    if (this.#world !== null) this.#deliver(this.#world, { kind: 'message', channel, args });
  }

  async #called(world: number, { id, kind, name, args, url }: PageCall): Promise<void> {
    const given = wire.unpack(args) as unknown[];
    if (kind === 'failed') {
      console.error('the preload failed', ...given);
      return;
    }
    try {
      const value = await this.#answer(kind, name, given, toApp(url));
      this.#deliver(world, { kind: 'answer', id, value });
    } catch (error) {
      // The page itself does not see these failures.
      if (kind === 'ask') console.error(`the page's ${name} failed`, error);
      this.#deliver(world, { kind: 'problem', id, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  async #answer(kind: 'invoke' | 'ask', name: string, given: unknown[], url: string): Promise<unknown> {
    const { contents, session } = this.#options;
    if (kind === 'invoke') return invoke(name, given, { sender: contents, url });
    // These questions come from the stand-in's own script in the page.
    const answer = this.#answers[name as keyof Questions] as (asking: Asking, ...argument: unknown[]) => unknown;
    return answer({ contents, url, browserContextId: await session.browserContextId }, ...given);
  }

  async #display(asking: Asking, wanted: Wanted): Promise<DisplayAnswer> {
    const { session, target } = this.#options;
    if (!(await session.permissions.requestDisplay(asking, kinds(wanted)))) return 'denied';
    if (!session.displayMedia.isSupported) return 'unsupported';
    const source = await session.displayMedia.choose(asking.url, wanted);
    if (source === null) return 'cancelled';
    // The app's picker had the focus. This must come before the title is changed, because Chromium may set titles again.
    await target.send('Page.bringToFront');
    const shared = await selectSource(source);
    // Chromium requires a recent user activation; the click may have been too long ago.
    await target.send('Runtime.evaluate', { expression: '0', userGesture: true });
    return shared;
  }

  #deliver(executionContextId: number, message: PageMessage): void {
    const functionDeclaration = 'function (message) { standInDeliver(message); }';
    const call = { executionContextId, functionDeclaration, arguments: [{ value: wire.pack(message) }] };
    // The document may be gone.
    this.#options.target.send('Runtime.callFunctionOn', call).catch(() => undefined);
  }
}

function kinds({ audio, video }: Wanted): ('audio' | 'video')[] {
  return [...(audio ? ['audio' as const] : []), ...(video ? ['video' as const] : [])];
}
