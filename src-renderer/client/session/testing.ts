/** A session without sockets and media, for tests of what takes exact moments. */
import { type Mock, vi } from 'vitest';
import type { RoomSignaling } from '../signaling/room-signaling.ts';

export const INVITE = { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4', token: 'guest' };
const MADE = { sendTransport: {}, recvTransport: {}, consumers: [] };
export const JOINED = { ...MADE, userId: 'ana', sessionToken: 'a-token-that-is-long-enough' };

/** In the place of `Media`: it makes what it is asked for at once. */
export class FakeMedia {
  static readonly activate: Mock = vi.fn();
  held = false;
  absent = true;
  rtpCapabilities = {};
  resume: Mock = vi.fn();
  readonly activate: Mock = FakeMedia.activate;
  load = () => Promise.resolve();
  negotiated = () => null;
  open = (_: unknown, { held }: { held: boolean }) => {
    Object.assign(this, { held, absent: false });
    return Promise.resolve();
  };
  release = () => (this.held = false);
  drop = () => Object.assign(this, { held: false, absent: true });
}

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
