import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { FakeTrack } from '../devices/testing.ts';
import { MeetingError } from '../problem.ts';
import { Publication } from './publication.ts';
import type { PublicationHost, WantedMedia } from './publication.ts';
import { Reconciler } from './reconciler.ts';

const track = () => new FakeTrack('video', { deviceId: 'cam', label: 'Cam' }) as unknown as MediaStreamTrack;

/** The parts of a producer that a publication touches, and the encodings its sender really has. */
class FakeProducer {
  readonly id: string;
  closed = false;
  track: MediaStreamTrack | null;
  encodings: { active: boolean }[];
  readonly rtpSender = {
    getParameters: () => ({ encodings: this.encodings.map((encoding) => ({ ...encoding })) }),
    setParameters: (parameters: { encodings: { active: boolean }[] }) => {
      this.encodings = parameters.encodings;
      return Promise.resolve();
    },
  };

  constructor(id: string, options: types.ProducerOptions) {
    this.id = id;
    this.track = options.track ?? null;
    this.encodings = (options.encodings ?? []).map(({ active }) => ({ active: active ?? true }));
  }

  replaceTrack({ track }: { track: MediaStreamTrack | null }): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

let producers: FakeProducer[];
let held: boolean;
let publication: Publication;
let reconciler: Reconciler;
let connected: boolean;
const confirmed = vi.fn<PublicationHost['confirmed']>();
const tell = vi.fn<PublicationHost['tell']>();
const produce = vi.fn((options: types.ProducerOptions) => {
  const producer = new FakeProducer(`producer-${producers.length}`, options);
  producers.push(producer);
  return Promise.resolve(producer);
});

beforeEach(() => {
  producers = [];
  held = false;
  for (const mock of [confirmed, tell, produce]) mock.mockClear();
  confirmed.mockResolvedValue();
  tell.mockResolvedValue(undefined);
  const host = {
    transport: { produce } as unknown as types.Transport,
    activate: () => publication.activate(),
    get held() {
      return held;
    },
    codec: () => undefined,
    confirmed,
    tell,
  };
  publication = new Publication(host, 'camera');
  connected = true;
  reconciler = new Reconciler(() => connected);
});
afterEach(() => reconciler.close());

const set = (wanted: WantedMedia | null) => {
  publication.want(wanted);
  return reconciler.settle(publication);
};

const active = () => producers.at(-1)?.encodings.map((encoding) => encoding.active);

describe('a publication', () => {
  it('makes nothing while there is nothing to send', async () => {
    await set({ track: null, paused: true });
    expect(produce).not.toHaveBeenCalled();
  });

  it('that begins muted is made muted, and nobody is told twice', async () => {
    await set({ track: track(), paused: true });
    expect(produce.mock.lastCall?.[0].appData).toEqual({ source: 'camera', paused: true });
    expect(tell).not.toHaveBeenCalled();
  });

  it('is changed to another device without being made anew', async () => {
    const second = track();
    await set({ track: track(), paused: false });
    await set({ track: second, paused: false });
    expect(producers).toHaveLength(1);
    expect(producers[0]?.track).toBe(second);
  });

  it('ends up as last wanted, however fast that changes', async () => {
    const camera = track();
    const settled = [false, true, false, true].map((paused) => set({ track: camera, paused }));
    await Promise.all(settled);
    expect(producers).toHaveLength(1);
    expect(tell.mock.calls).toEqual([['pauseProducer', 'producer-0']]);
  });

  it('tells again what the host did not hear', async () => {
    const camera = track();
    await set({ track: camera, paused: false });
    tell.mockRejectedValueOnce(new Error('lost'));
    await expect(set({ track: camera, paused: true })).rejects.toThrow('lost');
    reconciler.resume();
    await reconciler.settle(publication);
    expect(tell.mock.calls).toEqual([
      ['pauseProducer', 'producer-0'],
      ['pauseProducer', 'producer-0'],
    ]);
  });

  it('that the host refuses is ended here too, and said to be', async () => {
    confirmed.mockRejectedValueOnce(new ProtocolError('LIMIT', 'too many'));
    await expect(set({ track: track(), paused: false })).rejects.toThrow('too many');
    expect(producers[0]?.closed).toBe(true);
    expect(publication.producerId).toBeNull();
    expect(tell).not.toHaveBeenCalled();
  });

  it('that the host did not answer for is disowned before the next is made', async () => {
    confirmed.mockRejectedValueOnce(new Error('lost'));
    await expect(set({ track: track(), paused: false })).rejects.toThrow('lost');
    tell.mockRejectedValueOnce(new ProtocolError('NOT_FOUND', 'none'));
    reconciler.resume();
    await reconciler.settle(publication);
    expect(tell.mock.calls).toEqual([['closeProducer', 'producer-0']]);
    expect(publication.producerId).toBe('producer-1');
  });

  it('is made when its camera is first switched on', async () => {
    await set({ track: null, paused: true });
    await set({ track: track(), paused: false });
    expect(producers).toHaveLength(1);
  });

  it('is ended for the others', async () => {
    await set({ track: track(), paused: false });
    await set(null);
    expect(producers[0]?.closed).toBe(true);
    expect(tell).toHaveBeenCalledWith('closeProducer', 'producer-0');
  });

  it('that ended while the host was out of reach is ended for the others when it is back, before the next is made', async () => {
    await set({ track: track(), paused: false });
    connected = false;
    tell.mockRejectedValueOnce(new MeetingError('UNREACHABLE', 'The host does not answer.'));
    await expect(set(null)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(producers[0]?.closed).toBe(true);
    publication.want({ track: track(), paused: false });
    connected = true;
    reconciler.resume();
    await reconciler.settle(publication);
    expect(tell.mock.calls).toEqual([
      ['closeProducer', 'producer-0'],
      ['closeProducer', 'producer-0'],
    ]);
    expect(tell.mock.invocationCallOrder.at(-1)).toBeLessThan(produce.mock.invocationCallOrder.at(-1) ?? 0);
    expect(publication.producerId).toBe('producer-1');
  });

  it('is ended for the others also when it was still being made', async () => {
    const making = set({ track: track(), paused: false });
    await set(null);
    await making;
    expect(producers[0]?.closed).toBe(true);
    expect(tell.mock.calls).toEqual([['closeProducer', 'producer-0']]);
  });
});

describe('what is encoded', () => {
  it('is nothing until one has joined, then everything', async () => {
    held = true;
    await set({ track: track(), paused: false });
    expect(active()).toEqual([false, false, false]);
    held = false;
    publication.activate();
    expect(active()).toEqual([true, true, true]);
  });

  it('starts also for what was being made in the moment of joining', async () => {
    held = true;
    const making = set({ track: track(), paused: false });
    held = false;
    await making;
    expect(active()).toEqual([true, true, true]);
  });

  it('is what somebody shows', async () => {
    await set({ track: track(), paused: false });
    publication.limitLayers(0);
    expect(active()).toEqual([true, false, false]);
    publication.limitLayers(-1);
    expect(active()).toEqual([false, false, false]);
    publication.limitLayers(2);
    expect(active()).toEqual([true, true, true]);
  });
});
