/** Small questions put to a measured page; each runs inside it. */

export interface Seen {
  /** Epoch ms, all of them. */
  pressedAt: number;
  joinedAt: number;
  frames: number[];
  roundTripsToFrame: number;
}

/** Pre-join has settled: everything is connected and negotiated. */
export function isReady(): boolean {
  return performance.getEntriesByName('parley:ready').length > 0;
}

export function framesEncoded(): Promise<number> {
  return window.probe.framesEncoded();
}

export async function hasEncoded(frames: number): Promise<boolean> {
  return (await window.probe.framesEncoded()) >= frames;
}

/** Presses *Join*; answers when that was, in epoch ms. */
export function pressJoin(): number {
  const button = document.querySelector<HTMLButtonElement>('button[type=submit]:enabled');
  if (!button) throw new Error('there is no button to join with');
  window.probe.press(button);
  return window.probe.pressedAt;
}

/** Presses *Join* in the moment it can be pressed. */
export function pressJoinAsSoonAsPossible(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const press = () => {
    const button = document.querySelector<HTMLButtonElement>('button[type=submit]:enabled');
    if (!button) return false;
    window.probe.press(button);
    resolve(undefined);
    return true;
  };
  if (!press()) {
    const observer = new MutationObserver(() => {
      if (press()) observer.disconnect();
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }
  return promise;
}

/** Resolves when `count` remote pictures have appeared since the measurement began. */
export function untilSeen(count: number): Promise<void> {
  return window.probe.until(count);
}

export function seen(): Seen {
  const { pressedAt, frames, roundTripsToFrame } = window.probe;
  const joined = performance.getEntriesByName('parley:joined').at(-1)?.startTime ?? Number.NaN;
  return {
    pressedAt,
    joinedAt: performance.timeOrigin + joined,
    frames: frames.toSorted((a, b) => a - b),
    roundTripsToFrame,
  };
}
