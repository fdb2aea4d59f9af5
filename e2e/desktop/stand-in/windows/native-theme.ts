/** Light or dark. The pages see what the app chose; the system itself is light. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { present } from '../whole.ts';

type Source = Electron.NativeTheme['themeSource'];

let source: Source = 'system';

/** Emits `changed` with what `prefers-color-scheme` is now. */
export const themeChanges = new EventEmitter<{ changed: [scheme: string] }>();

/** What `prefers-color-scheme` is; empty: Chromium's own. */
export function colorScheme(): string {
  return source === 'system' ? '' : source;
}

export const nativeTheme = present<Electron.NativeTheme>('nativeTheme', {
  get themeSource() {
    return source;
  },
  set themeSource(chosen) {
    source = chosen;
    themeChanges.emit('changed', colorScheme());
  },
  get shouldUseDarkColors() {
    return source === 'dark';
  },
});
