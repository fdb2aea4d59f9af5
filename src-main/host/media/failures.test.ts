import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ProtocolError, type RtpParameters } from '../../../src-shared/protocol/index.ts';
import type { MediaRoom } from '../meeting/ports.ts';
import { isRefusal } from './failures.ts';
import { createMedia, type HostMedia } from './index.ts';
import {
  addresses,
  audio,
  consume,
  dtls,
  Heard,
  HeldClock,
  log as quiet,
  openParticipant,
  simulcast,
} from './testing.ts';

const heard = new Heard();
const logged: unknown[] = [];
let media: HostMedia;
let room: MediaRoom;

beforeAll(async () => {
  const log = { ...quiet, error: (...line: unknown[]) => void logged.push(line) };
  media = await createMedia({ port: 0, addresses, workerCount: 1, log, clock: new HeldClock() });
  room = await media.openRoom(heard.room);
});
afterAll(() => media.close());
beforeEach(() => void logged.splice(0));

/** What a request is refused with: in words of ours, and without a line in the log. */
async function refusal(asking: Promise<unknown>): Promise<string> {
  const error: unknown = await asking.catch((reason: unknown) => reason);
  if (!(error instanceof ProtocolError)) throw new Error(`Not refused: ${String(error)}`);
  expect(error.message).not.toMatch(/mediasoup|\[|undefined|RTX|apt|codecPayloadType|Channel/);
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  // What the process says of a request it says before it answers the next.
  await openParticipant(room).createTransport('send');
  expect(logged).toEqual([]);
  return error.code;
}

const [opus] = audio().rtpParameters.codecs;
const [vp8] = simulcast().rtpParameters.codecs;
if (!opus || !vp8) throw new Error('The samples have codecs');

describe('what cannot be received is refused', () => {
  test.each<[what: string, part: Partial<RtpParameters>]>([
    ['no codec', { codecs: [] }],
    ['retransmission alone', { codecs: [{ mimeType: 'audio/rtx', payloadType: 97, clockRate: 48_000 }] }],
    [
      'retransmission of nothing',
      { codecs: [opus, { mimeType: 'audio/rtx', payloadType: 97, clockRate: 48_000, parameters: { apt: 1 } }] },
    ],
    ['a codec not offered', { codecs: [{ mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8000 }] }],
    ['a codec of the other kind', { codecs: [vp8] }],
    ['a payload type twice', { codecs: [opus, opus] }],
    ['no stream', { encodings: [] }],
    ['two layers of sound', { encodings: [{ ssrc: 5 }, { ssrc: 5 }] }],
    ['a stream of an unknown codec', { encodings: [{ ssrc: 7, codecPayloadType: 99 }] }],
    ['layers no codec has', { encodings: [{ ssrc: 8, scalabilityMode: 'L99T99' }] }],
    ['an extension without a number', { headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 0 }] }],
  ])('%s', async (_what, part) => {
    const sender = await heard.sender(room);
    const { rtpParameters } = audio();
    expect(await refusal(heard.produce(sender, audio({ rtpParameters: { ...rtpParameters, ...part } })))).toBe(
      'BAD_REQUEST',
    );
  });

  test('the same stream twice', async () => {
    const sender = await heard.sender(room);
    const microphone = audio();
    await heard.produce(sender, microphone);
    const again = audio({ rtpParameters: microphone.rtpParameters });
    expect(await refusal(heard.produce(sender, again))).toBe('BAD_REQUEST');
  });

  test('a transport connected twice', async () => {
    const sender = await heard.sender(room);
    await sender.connectTransport('send', dtls);
    expect(await refusal(sender.connectTransport('send', dtls))).toBe('CONFLICT');
  });
});

describe('what cannot be played is refused', () => {
  test('to capabilities that make no sense', async () => {
    const vp9 = { mimeType: 'video/VP9', clockRate: 90_000 };
    const rtpParameters = { codecs: [{ ...vp9, payloadType: 98 }], encodings: [{ ssrc: 9 }] };
    const producerId = await heard.produced(await heard.sender(room), simulcast({ rtpParameters }));
    const receiver = await heard.receiver(room);
    const codec = { ...vp9, kind: 'video' as const, preferredPayloadType: 103, parameters: { 'profile-id': true } };
    expect(await refusal(consume(receiver, producerId, { codecs: [codec] }))).toBe('CANNOT_CONSUME');
  });
});

describe('what has ended in the same moment is not found', () => {
  test('a transport that another replaces', async () => {
    const peer = openParticipant(room);
    await peer.createTransport('recv', { data: true });
    const overtaken = [peer.warmUp(), peer.connectTransport('recv', dtls)].map(refusal);
    await peer.createTransport('recv');
    expect(await Promise.all(overtaken)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  test('a warm-up on a transport without data', async () => {
    expect(await refusal((await heard.receiver(room)).warmUp())).toBe('NOT_FOUND');
  });
});

test('a fault of the media process is no refusal: it is logged', () => {
  expect(isRefusal('worker process died unexpectedly [pid:1, code:1, signal:null]')).toBe(false);
  expect(isRefusal('[pid:1] RTC::UdpSocketHandler::Send() | uv_udp_send() failed: no buffer space')).toBe(false);
});
