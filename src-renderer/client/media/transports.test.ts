import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeTrack } from '../devices/testing.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import type { ReceivedListener } from './subscriptions.ts';
import { Transports } from './transports.ts';

/** A transport that produces and consumes without a peer connection. */
class FakeTransport {
  readonly #listeners = new Map<string, (...given: unknown[]) => void>();

  on = (name: string, listener: (...given: unknown[]) => void) => void this.#listeners.set(name, listener);
  consume = (options: object) =>
    Promise.resolve({ ...options, track: new FakeTrack('audio', { deviceId: 'r', label: 'r' }), closed: false });
  produce = async ({ track, appData }: types.ProducerOptions) => {
    const { id } = await new Promise<{ id: string }>((done, failed) => {
      this.#listeners.get('produce')?.({ kind: 'audio', rtpParameters: {}, appData }, done, failed);
    });
    const publications = { getParameters: () => ({ encodings: [] }), setParameters: () => Promise.resolve() };
    return { id, track, closed: false, rtpSender: publications, close: () => undefined };
  };
}

const request = vi.fn<(name: string, payload: object) => Promise<unknown>>(() => Promise.resolve({}));
beforeEach(() => request.mockClear());
afterEach(() => vi.unstubAllGlobals());

const open = (options: { held: boolean }, received: ReceivedListener = () => Promise.resolve()) =>
  new Transports(
    {
      createSendTransport: () => new FakeTransport(),
      createRecvTransport: () => new FakeTransport(),
      sendRtpCapabilities: {},
    } as unknown as types.Device,
    { request, state: 'connected' } as unknown as RoomSignaling,
    { sendTransport: {}, recvTransport: {}, consumers: [] } as unknown as ConstructorParameters<typeof Transports>[2],
    { received, broken: vi.fn() },
    options,
  );
const consumer = (id: string) =>
  ({ id, producerId: `of ${id}`, kind: 'audio', rtpParameters: {} }) as unknown as Parameters<
    Transports['subscriptions']['add']
  >[0][number];

it('holds what begins before one has joined, and lets it flow then', async () => {
  const transports = open({ held: true });
  const track = new FakeTrack('audio', { deviceId: 'mic', label: 'mic' }) as unknown as MediaStreamTrack;

  await transports.subscriptions.add([consumer('early')]);
  await transports.publications.want('microphone', { track, paused: false });
  expect(request.mock.calls).toEqual([['produce', expect.objectContaining({ source: 'microphone', held: true })]]);

  transports.release();
  await transports.subscriptions.add([consumer('late')]);
  await transports.publications.want('screen-audio', { track, paused: false });
  expect(request.mock.calls.slice(1)).toEqual([
    ['resumeConsumers', { consumerIds: ['late'] }],
    ['produce', expect.not.objectContaining({ held: true })],
  ]);
});

it('lets what is offered together flow when all of it has its place', async () => {
  const placed = Promise.withResolvers<undefined>();
  const received = vi.fn<ReceivedListener>(() => placed.promise);
  const transports = open({ held: false }, received);
  const added = transports.subscriptions.add([consumer('camera'), consumer('microphone')]);
  await vi.waitFor(() => expect(received).toHaveBeenCalledOnce());
  expect(received.mock.calls[0]?.[0].map(({ producerId }) => producerId)).toEqual(['of camera', 'of microphone']);
  expect(request).not.toHaveBeenCalled();
  placed.resolve(undefined);
  await added;
  expect(request.mock.calls).toEqual([['resumeConsumers', { consumerIds: ['camera', 'microphone'] }]]);
});

it('lets it flow also where what shows it has failed', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const failure = new Error('No place');
  const transports = open({ held: false }, () => Promise.reject(failure));
  await transports.subscriptions.add([consumer('microphone')]);
  expect(request).toHaveBeenCalledWith('resumeConsumers', { consumerIds: ['microphone'] });
  expect(reported).toHaveBeenCalledWith(failure);
});
