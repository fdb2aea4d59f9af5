/** A window shows the page it was opened with, and opens no others. */
import type { WebContents } from 'electron';
import { isAppAddress } from '../page/scheme.ts';

/** Whether contents showing `current` may go to `target`: only to load the same page again. */
export function mayNavigate(current: string, target: string): boolean {
  if (!isAppAddress(current) || !isAppAddress(target)) return false;
  return withoutFragment(current) === withoutFragment(target);
}

const withoutFragment = (address: string) => address.replace(/#.*$/, '');

/** Denies leaving the page, frames of other pages, new windows, and webviews. Nothing opens outside either: the page has no links out. */
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
