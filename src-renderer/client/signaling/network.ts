/** How often the clock is looked at, ms. */
const TICK_MS = 2000;
/** A tick this much too late means that the computer, or the page, was asleep; ms. */
const ASLEEP_MS = 5000;

/**
 * Calls `changed` when the network may be another one: the browser says so, or the computer wakes up.
 * Returns the undo. Elsewhere than in a browser nothing is ever told.
 */
export function watchNetwork(changed: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  let last = Date.now();
  const tick = setInterval(() => {
    const now = Date.now();
    if (now - last > TICK_MS + ASLEEP_MS) changed();
    last = now;
  }, TICK_MS);
  // Chromium's only: https://wicg.github.io/netinfo/
  const connection: unknown = Reflect.get(navigator, 'connection');
  const watched = connection instanceof EventTarget ? connection : null;
  addEventListener('online', changed);
  watched?.addEventListener('change', changed);
  return () => {
    clearInterval(tick);
    removeEventListener('online', changed);
    watched?.removeEventListener('change', changed);
  };
}
