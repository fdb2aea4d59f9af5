import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { guardNavigation, mayNavigate } from './navigation.ts';

it.each([
  ['app://parley/', 'app://parley/', true],
  ['app://parley/r/x#t=1', 'app://parley/r/x', true],
  ['app://parley/', 'app://parley/r/x', false],
  ['app://parley/', 'https://example.com/', false],
  ['app://parley/', 'file:///etc/passwd', false],
  ['app://parley/', 'javascript:alert(1)', false],
  ['https://example.com/', 'https://example.com/', false],
])('from %s to %s: %s', (from, to, allowed) => {
  expect(mayNavigate(from, to)).toBe(allowed);
});

/** Contents at home whose events can be played; answers whether the event was prevented. */
function contents() {
  const emitter = new EventEmitter();
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  const fake = Object.assign(emitter, {
    getURL: () => 'app://parley/',
    setWindowOpenHandler: (handler: typeof openHandler) => void (openHandler = handler),
  });
  guardNavigation(fake as unknown as WebContents);
  const prevented = (name: string, details: object) => {
    let held = false;
    emitter.emit(name, { ...details, preventDefault: () => (held = true) });
    return held;
  };
  return { prevented, open: (url: string) => openHandler?.({ url } as never) };
}

it('holds every way out of the page', () => {
  const { prevented, open } = contents();
  expect(prevented('will-navigate', { url: 'https://example.com/' })).toBe(true);
  expect(prevented('will-navigate', { url: 'app://parley/' })).toBe(false);
  expect(prevented('will-frame-navigate', { url: 'app://parley/', isMainFrame: false })).toBe(true);
  expect(prevented('will-redirect', { url: 'app://parley/' })).toBe(true);
  expect(prevented('will-attach-webview', {})).toBe(true);
  expect(open('https://example.com/')).toEqual({ action: 'deny' });
  expect(open('app://parley/')).toEqual({ action: 'deny' });
});
