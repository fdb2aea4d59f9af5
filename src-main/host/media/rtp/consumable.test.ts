import { observer, type types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_RTP_CODECS } from '../../../../src-shared/limits.ts';
import type { RtpCapabilities } from '../../../../src-shared/protocol/index.ts';
import type { MediaParticipant, MediaRoom } from '../../meeting/ports.ts';
import { createMedia } from '../index.ts';
import { addresses, audio, code, consume, Heard, HeldClock, log, simulcast } from '../testing.ts';

const routers: types.Router[] = [];
observer.on('newworker', (worker) => worker.observer.on('newrouter', (router) => routers.push(router)));

const heard = new Heard();
let media: Awaited<ReturnType<typeof createMedia>>;
let room: MediaRoom;
let sender: MediaParticipant;

beforeAll(async () => {
  media = await createMedia({ port: 0, addresses, workerCount: 1, log, clock: new HeldClock() });
});
afterAll(() => media.close());

beforeEach(async () => {
  room = await media.openRoom(heard.room);
  sender = await heard.sender(room);
});
afterEach(() => room.close());

type Codec = NonNullable<RtpCapabilities['codecs']>[number];

const video = (mimeType: string, preferredPayloadType: number, parameters: Codec['parameters'] = {}): Codec => ({
  kind: 'video',
  mimeType,
  clockRate: 90_000,
  preferredPayloadType,
  parameters,
  rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
});
const h264 = (profile: string, packetizationMode = 1) =>
  video('video/H264', 100, { 'profile-level-id': profile, 'packetization-mode': packetizationMode });

async function send(codec: Codec): Promise<string> {
  const { mimeType, clockRate, parameters = {} } = codec;
  const codecs = [{ mimeType, clockRate, parameters, payloadType: 96 }];
  return heard.produced(sender, simulcast({ rtpParameters: { codecs, encodings: [{ ssrc: 1 }] } }));
}

describe('a producer', () => {
  test.each<[codec: string, sent: Codec, alike: Codec, other: Codec]>([
    [
      'VP9',
      video('video/VP9', 98),
      video('VIDEO/vp9', 98, { 'profile-id': 0 }),
      video('video/VP9', 98, { 'profile-id': 2 }),
    ],
    ['the profile of H264', h264('42e01f'), h264('42e034'), h264('640c1f')],
    ['the packetization of H264', h264('42e01f'), h264('42f00b'), h264('42e01f', 0)],
    [
      'VP8',
      video('video/VP8', 96),
      video('video/vp8', 96, { junk: true }),
      { ...video('video/VP8', 96), clockRate: 8000 },
    ],
  ])('can be consumed by who has its variant of the codec: %s', async (_codec, sent, alike, other) => {
    const id = await send(sent);
    const viewer = await heard.receiver(room);
    expect(await code(consume(viewer, id, { codecs: [other] }))).toBe('CANNOT_CONSUME');
    expect(await code(consume(viewer, id, { codecs: [other, alike] }))).toBe(null);
  });

  test('comes to a device that has much more just as to one that has no more', async () => {
    const { codecs = [], headerExtensions = [] } = room.rtpCapabilities;
    const more = Array.from({ length: MAX_RTP_CODECS - codecs.length }, (_, index) => video('video/H265', index));
    const received = async (id: string, capabilities: RtpCapabilities) => {
      const { description } = await consume(await heard.receiver(room), id, capabilities);
      const { rtpParameters } = description;
      const [encoding] = rtpParameters.encodings ?? [];
      return { ...rtpParameters, encodings: Object.keys(encoding ?? {}) };
    };
    for (const id of [await heard.produced(sender, simulcast()), await heard.produced(sender, audio())]) {
      const plain = await received(id, { codecs, headerExtensions });
      expect(await received(id, { codecs: [...more, ...codecs], headerExtensions })).toEqual(plain);
    }
    const id = await heard.produced(sender, simulcast());
    const { codecs: names, headerExtensions: ids, encodings } = await received(id, { codecs, headerExtensions });
    expect(names.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/rtx']);
    expect(ids?.length).toBeGreaterThan(3);
    expect(encodings).toContain('rtx');
  });

  test('is looked into once of those that send the same codecs, with no more than matters', async () => {
    const producerIds = await Promise.all(
      [audio(), audio(), audio(), simulcast(), simulcast()].map((options) => heard.produced(sender, options)),
    );
    const router = routers.at(-1);
    if (!router) throw new Error('There is no router');
    const asked = vi.spyOn(router, 'canConsume');
    const viewer = await heard.receiver(room);
    const capabilities = { codecs: Array.from({ length: MAX_RTP_CODECS }, (_, index) => video('video/H265', index)) };
    for (let request = 0; request < 2; request++) {
      for (const id of producerIds) expect(await code(consume(viewer, id, capabilities))).toBe('CANNOT_CONSUME');
    }
    expect(asked.mock.calls.map(([{ rtpCapabilities }]) => rtpCapabilities.codecs)).toEqual([[], []]);
    expect(await code(consume(viewer, producerIds[0] ?? '', room.rtpCapabilities))).toBe(null);
  });
});
