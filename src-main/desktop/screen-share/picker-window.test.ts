import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';
import { PickerWindow } from './picker-window.ts';

class FakeWindow extends EventEmitter {
  readonly webContents = {};
  readonly loaded = Promise.withResolvers<undefined>();
  readonly show = vi.fn();
  gone = false;
  loadURL = vi.fn(() => this.loaded.promise);
  getMediaSourceId = () => 'window:9:0';
  isDestroyed = () => this.gone;
  destroy(): void {
    this.gone = true;
    this.emit('closed');
  }
}

function setUp() {
  const windows: FakeWindow[] = [];
  const report = vi.fn();
  const picker = new PickerWindow({
    create: () => {
      const window = new FakeWindow();
      windows.push(window);
      return window as unknown as BrowserWindow;
    },
    report,
  });
  return { picker, windows, report };
}

it('is shown once its page has loaded, and trusts that page alone', async () => {
  const { picker, windows } = setUp();
  picker.open(vi.fn());
  const [window] = windows;
  expect(picker.contents).toBe(window?.webContents);
  expect(picker.sourceId).toBe('window:9:0');
  expect(window?.show).not.toHaveBeenCalled();
  window?.loaded.resolve(undefined);
  await vi.waitFor(() => expect(window?.show).toHaveBeenCalledOnce());
  picker.close();
  expect([picker.contents, picker.sourceId, window?.gone]).toEqual([null, null, true]);
});

it('tells when the person closes it', () => {
  const { picker, windows } = setUp();
  const closed = vi.fn();
  picker.open(closed);
  windows[0]?.destroy();
  expect(closed).toHaveBeenCalledOnce();
  expect(picker.contents).toBeNull();
});

it('closes when its page cannot be loaded', async () => {
  const { picker, windows, report } = setUp();
  const closed = vi.fn();
  picker.open(closed);
  windows[0]?.loaded.reject(new Error('ERR_FAILED'));
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
  expect(report).toHaveBeenCalledOnce();
});

it('is replaced when it is opened again', () => {
  const { picker, windows } = setUp();
  picker.open(vi.fn());
  picker.open(vi.fn());
  expect(windows[0]?.gone).toBe(true);
  expect(picker.contents).toBe(windows[1]?.webContents);
});
