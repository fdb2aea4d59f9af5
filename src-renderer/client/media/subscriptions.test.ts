import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { FakeTrack } from '../devices/testing.ts';
import { Reconciler } from './reconciler.ts';
import { Subscriptions } from './subscriptions.ts';

const request = vi.fn<(name: string, payload: object) => Promise<object>>();
const consume = vi.fn<(options: object) => Promise<object>>();
const transport = { consume, closed: false, close: () => undefined };
const negotiated = (options: object): object => {
  const track = new FakeTrack('video', { deviceId: 'r', label: 'r' });
  return { ...options, track, closed: false };
};
const rtpParameters = { codecs: [], encodings: [{ scalabilityMode: 'S3T3' }] };
const IDS = ['a', 'b', 'c'];
const consumers = IDS.map((id) => ({
  id,
  producerId: `of ${id}`,
  kind: 'video',
  rtpParameters,
  producerPaused: false,
}));

let reconciler: Reconciler;
let subscriptions: Subscriptions;

beforeEach(() => {
  vi.useFakeTimers();
  consume.mockReset();
  consume.mockImplementation((options) => Promise.resolve(negotiated(options)));
  request.mockReset();
  request.mockResolvedValue({});
  reconciler = new Reconciler(() => true);
  subscriptions = new Subscriptions(transport as unknown as types.Transport, {
    signaling: { request },
    reconciler,
    received: () => Promise.resolve(),
    held: false,
  });
});
afterEach(() => {
  reconciler.close();
  vi.useRealTimers();
});

const add = () => subscriptions.add(consumers as unknown as Parameters<Subscriptions['add']>[0]);
const wantOfAll = (wanted: number | 'nothing') => {
  for (const id of IDS) subscriptions.want(`of ${id}`, wanted);
};
const settle = () => vi.advanceTimersByTimeAsync(1);

it('hiding a page is one request for all its tiles, and showing it again one for each kind', async () => {
  await add();
  await settle();
  request.mockClear();
  wantOfAll('nothing');
  await settle();
  expect(request.mock.calls).toEqual([['pauseConsumers', { consumerIds: IDS }]]);
  request.mockClear();
  wantOfAll(0);
  await settle();
  expect(request.mock.calls).toEqual([
    ['setLayers', { layers: IDS.map((consumerId) => ({ consumerId, spatialLayer: 0 })) }],
    ['resumeConsumers', { consumerIds: IDS }],
  ]);
});

it('what could not be resumed while connected is resumed a moment later', async () => {
  request.mockRejectedValueOnce(new ProtocolError('RATE_LIMITED', 'Too many requests.'));
  await add();
  await settle();
  expect(request).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(400);
  expect(request.mock.calls.map(([name]) => name)).toEqual(['resumeConsumers', 'resumeConsumers']);
});

it('one that has ended keeps none of the others from what they need', async () => {
  await add();
  await settle();
  request.mockClear();
  request.mockRejectedValueOnce(new ProtocolError('NOT_FOUND', 'There is no such consumer.'));
  subscriptions.want('of a', 'nothing');
  subscriptions.want('of b', 0);
  await settle();
  expect(request.mock.calls).toEqual([
    ['pauseConsumers', { consumerIds: ['a'] }],
    ['setLayers', { layers: [{ consumerId: 'b', spatialLayer: 0 }] }],
  ]);
});

it('one that the browser cannot take leaves out none of those that were negotiated with it', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const refused = new Error('The browser refused.');
  // The round they share fails for all; then one by one, the second fails.
  for (let count = 0; count < IDS.length; count++) consume.mockRejectedValueOnce(refused);
  consume.mockResolvedValueOnce(negotiated(consumers[0] ?? {}));
  consume.mockRejectedValueOnce(refused);
  await add();
  await settle();
  expect(request.mock.calls).toEqual([['resumeConsumers', { consumerIds: ['a', 'c'] }]]);
  expect(reported).toHaveBeenCalledExactlyOnceWith(refused);
});
