/** What the client core needs of a page, for running it in Node: to be loaded before anything of it. */
import { vi } from 'vitest';

const store = new Map<string, string>();
const storage = {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key),
};
const events = new EventTarget();

vi.stubGlobal('window', {});
vi.stubGlobal('location', new URL('https://127.0.0.1/'));
vi.stubGlobal('history', { replaceState: () => undefined, state: null });
vi.stubGlobal('HTMLMediaElement', EventTarget);
vi.stubGlobal('document', { hidden: false });
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('sessionStorage', storage);
vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
vi.stubGlobal('dispatchEvent', events.dispatchEvent.bind(events));
vi.stubGlobal('reportError', (error: unknown) => {
  throw error;
});
