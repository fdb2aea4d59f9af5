import type { WebContents } from 'electron';

const TRIES = 3;

/** Loads a page again whose process has crashed; one that keeps crashing is left alone after a few times. */
export function revive(contents: Pick<WebContents, 'on' | 'reload'>): void {
  let tries = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && tries++ < TRIES) contents.reload();
  });
}
