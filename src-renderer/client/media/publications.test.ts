import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { FakeTrack } from '../devices/testing.ts';
import { Publications } from './publications.ts';

const wish = (kind: 'audio' | 'video') => ({
  track: new FakeTrack(kind, { deviceId: kind, label: kind }) as unknown as MediaStreamTrack,
  paused: false,
});

/** An RTP sender as Chromium's: what is set while something else is negotiated is forgotten. */
class ForgetfulSender {
  active: boolean;
  negotiating = false;

  constructor(active: boolean) {
    this.active = active;
  }

  getParameters = () => ({ encodings: [{ active: this.active }] });
  setParameters = ({ encodings: [encoding] }: { encodings: { active: boolean }[] }) => {
    if (!this.negotiating) this.active = encoding?.active ?? false;
    return Promise.resolve();
  };
}

it('sends a source that was let go while another one was negotiated', async () => {
  const senders: ForgetfulSender[] = [];
  let negotiate = Promise.resolve();
  const transport = {
    on: () => undefined,
    produce: async ({ track, encodings }: types.ProducerOptions) => {
      const rtpSender = new ForgetfulSender(encodings?.[0]?.active ?? true);
      await negotiate;
      senders.push(rtpSender);
      return { id: `producer-${senders.length}`, closed: false, track, rtpSender };
    },
  };
  const sender = new Publications(
    transport as unknown as types.Transport,
    { sendRtpCapabilities: {} } as unknown as types.Device,
    { request: () => Promise.resolve({}) } as unknown as ConstructorParameters<typeof Publications>[2],
    { held: true },
  );

  await sender.set('screen', wish('video'));
  const negotiation = Promise.withResolvers<undefined>();
  negotiate = negotiation.promise.then(() => undefined);
  const second = sender.set('microphone', wish('audio'));
  const [screen] = senders;
  if (!screen) throw new Error('nothing was produced');
  screen.negotiating = true;
  sender.release();
  expect(screen.active).toBe(false);

  screen.negotiating = false;
  negotiation.resolve(undefined);
  await second;
  expect(senders.map(({ active }) => active)).toEqual([true, true]);
});
