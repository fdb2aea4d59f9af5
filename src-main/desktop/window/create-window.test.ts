import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import { expect, it, vi } from 'vitest';
import { reloadAfterCrash, WindowMaker } from './create-window.ts';

const PIN = { origin: 'https://192.168.1.5:7443', fingerprint: 'F' };

function maker() {
  const made: BrowserWindowConstructorOptions[] = [];
  const maximize = vi.fn();
  const sessions = new Map<string, Record<string, ReturnType<typeof vi.fn>>>();
  const handle = vi.fn();
  class FakeWindow {
    readonly webContents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
    readonly maximize = maximize;
    constructor(options: BrowserWindowConstructorOptions) {
      made.push(options);
    }
    isMaximized = () => true;
    isFullScreen = () => false;
    getNormalBounds = () => ({ x: 1, y: 2, width: 800, height: 600 });
  }
  const one = new WindowMaker({
    BrowserWindow: FakeWindow as unknown as new () => BrowserWindow,
    fromPartition: (name) => {
      const session = {
        setCertificateVerifyProc: vi.fn(),
        setPermissionRequestHandler: vi.fn(),
        setPermissionCheckHandler: vi.fn(),
        setDevicePermissionHandler: vi.fn(),
        setDisplayMediaRequestHandler: vi.fn(),
      };
      sessions.set(name, session);
      return { ...session, protocol: { handle } } as unknown as Session;
    },
    page: { root: '/page', preload: '/preload.cjs' },
    picker: { root: '/picker', preload: '/preload-picker.cjs' },
    dark: () => true,
    initial: () => ({ width: 1280, height: 800 }),
    maximized: () => false,
    mayUseMedia: () => true,
    answerDisplayMedia: null,
    development: false,
  });
  return { one, made, sessions, handle, maximize };
}

it('shuts every window in, whatever Electron’s defaults are', () => {
  const { one, made } = maker();
  one.make(null, null);
  expect(made[0]).toMatchObject({ show: false, backgroundColor: '#181512', width: 1280 });
  expect(made[0]?.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    devTools: false,
    preload: '/preload.cjs',
  });
});

it('gives each a session that is kept by nobody, with every rule installed', () => {
  const { one, sessions, handle } = maker();
  one.make(null, null);
  one.make(PIN, null);
  expect([...sessions.keys()]).toEqual(['window-1', 'window-2']);
  for (const [name, rules] of sessions) {
    expect(name).not.toMatch(/^persist:/);
    for (const [rule, installed] of Object.entries(rules)) expect(installed, rule).toHaveBeenCalledOnce();
  }
  expect(handle.mock.calls.map(([scheme]: unknown[]) => scheme)).toEqual(['app', 'app']);
});

it('makes the screen picker by the same rules, over its parent, with a session that shares nothing', () => {
  const { one, made, sessions } = maker();
  const parent = one.make(PIN, null);
  one.makePicker(parent);
  one.makePicker(parent);
  expect(made[1]).toMatchObject({ parent, modal: true, frame: false, show: false });
  expect(made[1]?.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    preload: '/preload-picker.cjs',
  });
  expect(made[1]?.webPreferences?.session).not.toBe(made[0]?.webPreferences?.session);
  expect(made[2]?.webPreferences?.session).toBe(made[1]?.webPreferences?.session);
  const rules = sessions.get('window-2');
  expect(rules?.['setDisplayMediaRequestHandler']).not.toHaveBeenCalled();
  expect(rules?.['setPermissionRequestHandler']).toHaveBeenCalledOnce();
});

it('opens where the one before is', () => {
  const { one, made, maximize } = maker();
  const first = one.make(null, null);
  one.make(PIN, first);
  expect(made[1]).toMatchObject({ x: 1, y: 2, width: 800, height: 600 });
  expect(made[1]).not.toHaveProperty('fullscreen');
  expect(maximize).toHaveBeenCalledOnce();
});

function crashing() {
  const reload = vi.fn();
  const emitter = Object.assign(new EventEmitter(), { reload });
  reloadAfterCrash(emitter as unknown as WebContents);
  return { reload, gone: (reason: string) => emitter.emit('render-process-gone', {}, { reason }) };
}

it('loads a crashed page again, three times at most', () => {
  const { reload, gone } = crashing();
  for (let crash = 0; crash < 10; crash++) gone('crashed');
  expect(reload).toHaveBeenCalledTimes(3);
});

it('does not load a page again that has ended in order', () => {
  const { reload, gone } = crashing();
  gone('clean-exit');
  expect(reload).not.toHaveBeenCalled();
});
