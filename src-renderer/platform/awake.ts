/** Keeps the display from sleeping until the returned function is called, where the browser can. */
export function keepDisplayAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  let lock: WakeLockSentinel | null = null;
  let released = false;
  const acquire = (): void => {
    if (document.visibilityState !== 'visible') return;
    navigator.wakeLock.request('screen').then(
      (sentinel) => {
        if (released) void sentinel.release();
        else lock = sentinel;
      },
      // A battery saver may refuse; the meeting continues.
      () => undefined,
    );
  };
  acquire();
  // The browser releases the lock of a hidden page.
  document.addEventListener('visibilitychange', acquire);
  return () => {
    released = true;
    document.removeEventListener('visibilitychange', acquire);
    void lock?.release();
  };
}
