/** Restricts navigation: a window shows only the page it was opened with, and opens no other windows. */
import type { WebContents } from 'electron';
import { isAppAddress } from '../page/scheme.ts';

/** Whether contents showing `current` may go to `target`: only to load the same page again. */
export function mayNavigate(current: string, target: string): boolean {
  if (!isAppAddress(current) || !isAppAddress(target)) return false;
  return withoutFragment(current) === withoutFragment(target);
}

const withoutFragment = (address: string) => address.replace(/#.*$/, '');

/** Denies navigation to other pages, frames, new windows and webviews. Nothing opens in a browser either, because the page has no external links. */
export function guardNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(contents.getURL(), event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
