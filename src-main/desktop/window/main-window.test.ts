import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { MeetingContext } from '../../../src-shared/ipc.ts';
import type { Pin } from '../trust/verify.ts';
import { MainWindow } from './main-window.ts';
import type { WindowTarget } from './main-window.ts';

const HOME = { at: 'home', link: null } as const;
const MEETING: MeetingContext = {
  at: 'meeting',
  invite: { origin: 'https://192.168.1.5:7443', roomId: 'a1b2c3d4', token: 'secret', fingerprint: 'F' },
  link: '',
  own: true,
  opened: true,
  trust: 'link',
};

/** A window that is on the screen once its page has loaded, and closes unless that is prevented. */
class FakeWindow extends EventEmitter {
  readonly webContents = {};
  readonly log: string[];
  readonly name: string;
  readonly loaded = Promise.withResolvers<undefined>();
  address = '';
  gone = false;

  constructor(name: string, log: string[]) {
    super();
    this.name = name;
    this.log = log;
  }

  loadURL(address: string): Promise<undefined> {
    this.address = address;
    return this.loaded.promise;
  }
  show(): void {
    this.log.push(`${this.name} shown`);
  }
  close(): void {
    const preventDefault = vi.fn();
    this.emit('close', { preventDefault });
    if (preventDefault.mock.calls.length > 0) return;
    this.gone = true;
    this.log.push(`${this.name} gone`);
    this.emit('closed');
  }
  destroy(): void {
    this.gone = true;
    this.log.push(`${this.name} destroyed`);
    this.emit('closed');
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.log.push(`${this.name} in front`);
  }
}

function setUp() {
  const log: string[] = [];
  const windows: FakeWindow[] = [];
  const pins: (Pin | null)[] = [];
  const stay = vi.fn();
  const onLeave = vi.fn(() => stay);
  const one = new MainWindow({
    create: (pin) => {
      const window = new FakeWindow(`window ${windows.length + 1}`, log);
      windows.push(window);
      pins.push(pin);
      return window as unknown as BrowserWindow;
    },
    onClose: (event) => {
      log.push('asked');
      event.preventDefault();
    },
    onLeave,
  });
  const show = async (target: WindowTarget) => {
    const before = windows.length;
    const shown = one.show(target);
    await vi.waitFor(() => expect(windows.length).toBe(before + 1));
    windows.at(-1)?.loaded.resolve(undefined);
    await shown;
  };
  return { one, show, log, windows, pins, onLeave, stay };
}

describe('the window', () => {
  it('is held to the host it is opened for, and at home to none', async () => {
    const { show, pins, windows } = setUp();
    await show(HOME);
    await show(MEETING);
    expect(pins).toEqual([null, { origin: 'https://192.168.1.5:7443', fingerprint: 'F' }]);
    expect(windows.map(({ address }) => address)).toEqual(['app://parley/', 'app://parley/r/a1b2c3d4']);
  });

  it('is visible before the one it replaces closes, which closes without a question', async () => {
    const { one, show, log, onLeave } = setUp();
    await show(HOME);
    await show(MEETING);
    expect(log).toEqual(['window 1 shown', 'window 2 shown', 'window 1 gone']);
    expect(one.target).toBe(MEETING);
    expect(one.isOwnMeeting).toBe(true);
    expect(onLeave).toHaveBeenCalledTimes(2);
  });

  it('asks before it closes', async () => {
    const { show, log, windows } = setUp();
    await show(HOME);
    windows[0]?.close();
    expect(log).toEqual(['window 1 shown', 'asked']);
  });

  it('answers the newest page alone, from the moment it loads', async () => {
    const { one, show, windows } = setUp();
    await show(HOME);
    expect(one.contents).toBe(windows[0]?.webContents);
    const showing = one.show(MEETING);
    await vi.waitFor(() => expect(windows).toHaveLength(2));
    expect(one.contents).toBe(windows[1]?.webContents);
    windows[1]?.loaded.resolve(undefined);
    await showing;
  });

  it('opens one target after the other, even when asked at once', async () => {
    const { one, windows, log } = setUp();
    const both = [one.show(HOME), one.show(MEETING)];
    await vi.waitFor(() => expect(windows).toHaveLength(1));
    windows[0]?.loaded.resolve(undefined);
    await vi.waitFor(() => expect(windows).toHaveLength(2));
    windows[1]?.loaded.resolve(undefined);
    await Promise.all(both);
    expect(log).toEqual(['window 1 shown', 'window 2 shown', 'window 1 gone']);
  });

  it('stays as it was when the next page cannot be loaded', async () => {
    const { one, show, windows, log, stay } = setUp();
    await show(MEETING);
    const failing = one.show(HOME);
    await vi.waitFor(() => expect(windows).toHaveLength(2));
    windows[1]?.loaded.reject(new Error('ERR_FAILED'));
    await expect(failing).rejects.toThrow('ERR_FAILED');
    expect(one.contents).toBe(windows[0]?.webContents);
    expect(one.target).toBe(MEETING);
    expect(stay).toHaveBeenCalledOnce();
    expect(log).toEqual(['window 1 shown', 'window 2 destroyed']);
    await show(HOME);
    expect(log.slice(2)).toEqual(['window 3 shown', 'window 1 gone']);
  });

  it('is gone when the first page cannot be loaded', async () => {
    const { one, windows, log, stay } = setUp();
    const failing = one.show(HOME);
    await vi.waitFor(() => expect(windows).toHaveLength(1));
    windows[0]?.loaded.reject(new Error('ERR_FAILED'));
    await expect(failing).rejects.toThrow('ERR_FAILED');
    expect([one.window, log]).toEqual([null, ['window 1 destroyed']]);
    expect(stay).not.toHaveBeenCalled();
  });
});
