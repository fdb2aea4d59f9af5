import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Media } from './media.ts';

const subscriptions = vi.hoisted(() => ({
  add: vi.fn<(consumers: readonly { id: string }[]) => Promise<void>>(() => Promise.resolve()),
  remove: vi.fn(),
  idle: null as Promise<void> | null,
}));
vi.mock('./device.ts', () => ({ loadDevice: () => Promise.resolve({}) }));
vi.mock('./transports.ts', () => ({
  Transports: class {
    readonly subscriptions = subscriptions;
    open = () => Promise.resolve();
    close = () => undefined;
  },
}));

const PARTS = {} as Parameters<Media['open']>[0];
let emit: (name: string, payload: object) => void;
let media: Media;

beforeEach(async () => {
  vi.useFakeTimers();
  const listeners = new Map<string, (payload: object) => void>();
  emit = (name, payload) => listeners.get(name)?.(payload);
  const on = (name: string, listener: (payload: object) => void) => void listeners.set(name, listener);
  media = new Media({ on } as unknown as RoomSignaling, { received: () => Promise.resolve(), broken: vi.fn() });
  await media.load({ codecs: [], headerExtensions: [] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  subscriptions.add.mockClear();
  subscriptions.idle = null;
});

const offer = (producerId: string) => emit('newConsumer', { id: `of ${producerId}`, producerId });
/** What was given to be negotiated, round by round. */
const rounds = () => subscriptions.add.mock.calls.map(([consumers]) => consumers.map(({ id }) => id));

it('takes in one round what is offered in one flight, and what came before there was a transports', async () => {
  offer('early');
  await media.open(PARTS, { held: true });
  offer('camera');
  offer('microphone');
  expect(rounds()).toEqual([['of early']]);
  vi.runAllTimers();
  expect(rounds()).toEqual([['of early'], ['of camera', 'of microphone']]);
});

it('takes it at once when asked whether all is negotiated', async () => {
  await media.open(PARTS, { held: true });
  expect(media.negotiated()).toBeNull();
  offer('camera');
  subscriptions.idle = Promise.resolve();
  expect(media.negotiated()).toBe(subscriptions.idle);
  vi.runAllTimers();
  expect(rounds()).toEqual([[], ['of camera']]);
});

it('forgets what ends before it is taken', async () => {
  await media.open(PARTS, { held: true });
  offer('camera');
  offer('microphone');
  emit('producerClosed', { producerId: 'camera' });
  vi.runAllTimers();
  expect(rounds()).toEqual([[], ['of microphone']]);
});

it('waits for no timer in a hidden page, whose timers are late', async () => {
  await media.open(PARTS, { held: true });
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  offer('camera');
  expect(rounds()).toEqual([[], ['of camera']]);
});
