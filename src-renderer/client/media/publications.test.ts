import type { types } from 'mediasoup-client';
import { expect, it } from 'vitest';
import { FakeTrack } from '../devices/testing.ts';
import { Publications } from './publications.ts';
import { Reconciler } from './reconciler.ts';

const media = (kind: 'audio' | 'video') => ({
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
  const reconciler = new Reconciler(() => true);
  const publications = new Publications(transport as unknown as types.Transport, {
    device: { sendRtpCapabilities: {} } as unknown as types.Device,
    signaling: { request: () => Promise.resolve({}) },
    reconciler,
    held: true,
  });

  await publications.want('screen', media('video'));
  const negotiation = Promise.withResolvers<undefined>();
  negotiate = negotiation.promise.then(() => undefined);
  const second = publications.want('microphone', media('audio'));
  const [screen] = senders;
  if (!screen) throw new Error('nothing was produced');
  screen.negotiating = true;
  publications.release();
  expect(screen.active).toBe(false);

  screen.negotiating = false;
  negotiation.resolve(undefined);
  await second;
  expect(senders.map(({ active }) => active)).toEqual([true, true]);
});
