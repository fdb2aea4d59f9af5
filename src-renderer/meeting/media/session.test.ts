import type { types } from 'mediasoup-client';
import { expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { FakeTrack } from '../devices/testing.ts';
import type { Signalling } from '../signalling/signalling.ts';
import { MediaSession } from './session.ts';

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
    const sender = { getParameters: () => ({ encodings: [] }), setParameters: () => Promise.resolve() };
    return { id, track, closed: false, rtpSender: sender, close: () => undefined };
  };
}

it('holds again what was held when joining failed, and asks again for what was refused meanwhile', async () => {
  const refusal = Promise.withResolvers<never>();
  const request = vi.fn((name: string, payload: object): Promise<unknown> => {
    return name === 'produce' && !('held' in payload) ? refusal.promise : Promise.resolve({});
  });
  const session = new MediaSession(
    {
      createSendTransport: () => new FakeTransport(),
      createRecvTransport: () => new FakeTransport(),
      sendRtpCapabilities: {},
    } as unknown as types.Device,
    { request } as unknown as Signalling,
    { sendTransport: {}, recvTransport: {}, consumers: [] } as unknown as ConstructorParameters<typeof MediaSession>[2],
    { received: vi.fn(), broken: vi.fn() },
    { held: true },
  );

  session.release();
  const track = new FakeTrack('audio', { deviceId: 'mic', label: 'mic' }) as unknown as MediaStreamTrack;
  const sending = expect(session.sender.set('microphone', { track, paused: false })).rejects.toThrow();
  session.hold();
  refusal.reject(new ProtocolError('NOT_JOINED', 'You are in no meeting.'));
  await sending;
  await vi.waitFor(() => {
    expect(request).toHaveBeenLastCalledWith('produce', expect.objectContaining({ source: 'microphone', held: true }));
  });

  const consumer = { id: 'c', producerId: 'p', kind: 'audio', rtpParameters: {} };
  await session.receiver.add([consumer as unknown as Parameters<typeof session.receiver.add>[0][number]]);
  expect(request).not.toHaveBeenCalledWith('resumeConsumers', expect.anything());
});
