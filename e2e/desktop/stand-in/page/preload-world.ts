/// <reference lib="dom" />
import type { Bridge, createBridge } from './bridge.ts';
import type { PageCall, PageMessage } from './questions.ts';
import type { createWire } from './wire.ts';

/** What DevTools puts into the preload's world, and calls there. */
declare global {
  var standInCall: ((call: string) => void) | undefined;
  var standInDeliver: ((message: string) => void) | undefined;
}

/** What the preload runs as: a CommonJS module's body. */
export type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

interface Parts {
  /** The same secret as in the page's world. */
  key: string;
  createBridge: typeof createBridge;
  createWire: typeof createWire;
}

/**
 * Runs in an isolated world, as Electron's preload scripts do: provides `require('electron')`. It is sent as
 * text, so it must not use anything outside this function.
 */
export function preloadWorld({ key, createBridge: makeBridge, createWire: makeWire }: Parts, preload: Preload): void {
  const post = globalThis.standInCall;
  if (window !== window.top || !post) return;
  const wire = makeWire();
  const bridge: Bridge = makeBridge(`${key}-preload`, `${key}-main`);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  let lastId = 0;

  const tell = (kind: PageCall['kind'], name: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call: PageCall = { id: ++lastId, kind, name, args: wire.pack(args), url: location.href };
      waiting.set(call.id, { resolve, reject });
      post(JSON.stringify(call));
    });

  globalThis.standInDeliver = (text) => {
    const message = wire.unpack(text) as PageMessage;
    if (message.kind === 'message') {
      const event = only('IPC event', { sender: ipcRenderer });
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener(event, ...message.args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') call?.resolve(message.value);
    else call?.reject(new Error(message.problem));
  };

  const only = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get(target, key, receiver): unknown {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key, receiver);
        throw new Error(`the stand-in has no ${name}.${key}`);
      },
    });

  const ipcRenderer = only('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) => tell('invoke', channel, args),
    on(channel: string, listener: (...args: unknown[]) => void) {
      const those = listeners.get(channel) ?? new Set();
      listeners.set(channel, those.add(listener));
      return this;
    },
    off(channel: string, listener: (...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener);
      return this;
    },
  });
  const contextBridge = only('contextBridge', {
    exposeInMainWorld: (name: string, api: unknown) => void bridge.call(1, [name, api]),
  });
  bridge.expose((question: string, ...argument: unknown[]) => tell('ask', question, argument));

  const electron = only('electron for preloads', { contextBridge, ipcRenderer });
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`the stand-in has no require('${name}') for preloads`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    void tell('failed', 'preload', [String(error)]);
    throw error;
  }
}
