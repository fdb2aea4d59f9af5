import type { types } from 'mediasoup-client';
import { beforeEach, expect, it, vi } from 'vitest';
import { Subscription } from './subscription.ts';

const request = vi.fn<(name: string, payload: { consumerId: string; spatialLayer?: number }) => Promise<object>>();
const asked = () => request.mock.calls.map(([name, { spatialLayer }]) => [name, spatialLayer].join(' ').trim());

function receive({ held = false, mode = 'S3T3' } = {}): Subscription {
  const rtpParameters = { codecs: [], encodings: [{ scalabilityMode: mode }] };
  const consumer = { id: 'c', closed: false, rtpParameters } as unknown as types.Consumer;
  return new Subscription(consumer, { request } as never, { held });
}

beforeEach(() => {
  request.mockReset();
  request.mockResolvedValue({});
});

it.each([
  ['S3T3', 3],
  ['L2T1', 2],
  ['', 1],
])('knows from %j that there are %i layers', (mode, layers) => {
  expect(receive({ mode }).layers).toBe(layers);
});

it('while prepared says which layer will be shown, the top one too, and nothing more', async () => {
  receive({ held: true }).want(2);
  await vi.waitFor(() => expect(asked()).toEqual(['setPreferredLayers 2']));
});

it('is paused when nothing of it is needed, and resumed in the layer that is', async () => {
  const subscription = receive();
  subscription.flowing = true;
  subscription.want('nothing');
  await vi.waitFor(() => expect(asked()).toEqual(['pauseConsumer']));
  subscription.want(1);
  await vi.waitFor(() => expect(asked()).toEqual(['pauseConsumer', 'setPreferredLayers 1', 'resumeConsumer']));
});

it('ends at what was wanted last, without what was wanted in between', async () => {
  const subscription = receive();
  subscription.flowing = true;
  for (const demand of [0, 'nothing', 1, 'nothing', 0] as const) subscription.want(demand);
  await vi.waitFor(() => expect(asked()).toEqual(['setPreferredLayers 0']));
});

it('tells again what the host did not hear', async () => {
  request.mockRejectedValueOnce(new Error('lost'));
  const subscription = receive();
  subscription.flowing = true;
  subscription.want(0);
  await vi.waitFor(() => expect(asked()).toEqual(['setPreferredLayers 0']));
  await vi.waitFor(() => {
    subscription.settle();
    expect(asked()).toEqual(['setPreferredLayers 0', 'setPreferredLayers 0']);
  });
});
