/** A session without sockets and media, for tests of what takes exact moments. */
import { type Mock, expect, vi } from 'vitest';
import type { RoomSignaling, SignalingListener } from '../signaling/room-signaling.ts';
import { RoomSession } from './room-session.ts';
import type { RoomSessionListener } from './room-session-listener.ts';

const INVITE = { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4', token: 'guest' };
const MADE = { sendTransport: {}, recvTransport: {}, consumers: [] };
export const JOINED = { ...MADE, userId: 'ana', sessionToken: 'a-token-that-is-long-enough' };

/** A host that answers everything but what the test answers itself: joining. */
export class FakeSignaling {
  state: RoomSignaling['state'] = 'connected';
  /** What the host was asked and told, in order. */
  readonly asked: string[] = [];
  readonly joins: (PromiseWithResolvers<unknown> & { payload: object })[] = [];
  readonly #events = new Map<string, (payload: object) => void>();

  on = (name: string, listener: (payload: object) => void) => void this.#events.set(name, listener);
  emit = (name: string, payload: object = {}) => this.#events.get(name)?.(payload);
  tell = (name: string) => void this.asked.push(name);
  close = () => (this.state = 'closed');
  request = (name: string, payload: object): Promise<unknown> => {
    this.asked.push(name);
    if (name !== 'joinRoom') return Promise.resolve(MADE);
    const join = { ...Promise.withResolvers(), payload };
    this.joins.push(join);
    return join.promise;
  };

  get join() {
    const join = this.joins.at(-1);
    if (!join) throw new Error('Nobody has asked to join');
    return join;
  }
}

/** What the session tells. */
export const heard: { [Name in keyof RoomSessionListener]: Mock<RoomSessionListener[Name]> } = {
  found: vi.fn(),
  ready: vi.fn(),
  waiting: vi.fn(),
  admitted: vi.fn(() => null),
  joined: vi.fn(),
  received: vi.fn(() => Promise.resolve()),
  restarted: vi.fn(),
  lost: vi.fn(),
  delayed: vi.fn(),
  recovered: vi.fn(),
  ended: vi.fn(),
};
/** Of the session that was begun last. */
export let signaling: FakeSignaling;
export let connection: SignalingListener;
export let session: RoomSession;

/** Somebody begins to prepare. */
export function begin(on = new FakeSignaling()): void {
  signaling = on;
  session = new RoomSession(INVITE, heard, undefined, (_, listener) => {
    connection = listener;
    return signaling as unknown as RoomSignaling;
  });
}

/** Before each test: somebody whom nobody knows begins to prepare, on a clock of the test's own. */
export function setUp(): void {
  vi.useFakeTimers();
  vi.clearAllMocks();
  sessionStorage.clear();
  begin();
}

/** After each test. */
export function tearDown(): void {
  session.leave();
  vi.useRealTimers();
}

/** Lets everything happen that waits for nobody. */
export const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
export const lose = (): void => {
  signaling.state = 'lost';
  connection.lost();
};
export const reconnect = async (): Promise<void> => {
  signaling.state = 'connected';
  connection.connected();
  await settle();
};

/** Ready to join. */
export async function prepared(): Promise<void> {
  connection.connected();
  await settle();
  expect(heard.ready).toHaveBeenLastCalledWith(null);
  signaling.asked.length = 0;
}

/** In the room. */
export async function inside(): Promise<void> {
  await prepared();
  const joining = session.join('Ana');
  await settle();
  signaling.join.resolve(JOINED);
  await joining;
  signaling.asked.length = 0;
}
