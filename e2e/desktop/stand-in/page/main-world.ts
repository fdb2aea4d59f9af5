/// <reference lib="dom" />
import type { Bridge, createBridge } from './bridge.ts';
import type { Ask, DisplayAnswer, Wanted } from './questions.ts';

/**
 * Runs in the page's main world before its scripts: does what Electron's Chromium does for a page and
 * another Chromium does not. It is sent as text, so it must not use anything outside this function. The preload's world calls function 1
 * here to expose an API, and is asked by its own function 1.
 *
 * @param key a secret, so that no page script can join in
 */
export function mainWorld(key: string, makeBridge: typeof createBridge): void {
  if (window !== window.top) return;
  const bridge: Bridge = makeBridge(`${key}-main`, `${key}-preload`);
  const ask = ((...question: unknown[]) => bridge.call(1, question)) as Ask;

  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.values(Object.freeze(value)).forEach(freeze);
  };
  bridge.expose((name: string, api: unknown) => {
    if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
    freeze(api);
    Object.defineProperty(window, name, { value: api, enumerable: true });
  });

  window.close = () => void ask('close');
  // Must be denied here, because once Chromium has opened the window it is too late.
  window.open = (url = 'about:blank') => {
    void ask('open', new URL(url, location.href).href);
    return null;
  };

  // An insecure context has none.
  if (!('MediaDevices' in window)) return;
  const devices = MediaDevices.prototype;
  // Called on the object they are asked of, below.
  // oxlint-disable-next-line typescript/unbound-method
  const { getUserMedia, getDisplayMedia } = devices;

  devices.getUserMedia = async function (constraints = {}) {
    const wanted = { audio: Boolean(constraints.audio), video: Boolean(constraints.video) };
    if (await ask('media', wanted)) return getUserMedia.call(this, constraints);
    throw new DOMException('Permission denied', 'NotAllowedError');
  };

  const REFUSALS: Record<Exclude<DisplayAnswer, 'screen' | 'window'>, [string, string]> = {
    denied: ['Permission denied', 'NotAllowedError'],
    cancelled: ['Error starting capture', 'AbortError'],
    unsupported: ['Not supported', 'NotSupportedError'],
  };
  devices.getDisplayMedia = async function (constraints = {}) {
    // Without a click before it Chromium refuses by itself.
    if (!navigator.userActivation.isActive) return getDisplayMedia.call(this, constraints);
    const wanted: Wanted = { audio: Boolean(constraints.audio), video: constraints.video !== false };
    const answer = await ask('display', wanted);
    if (answer !== 'screen' && answer !== 'window') throw new DOMException(...REFUSALS[answer]);
    const only = answer === 'window' ? { monitorTypeSurfaces: 'exclude' } : {};
    try {
      return await getDisplayMedia.call(this, { ...constraints, ...only, audio: false });
    } finally {
      void ask('displayTaken');
    }
  };
}
