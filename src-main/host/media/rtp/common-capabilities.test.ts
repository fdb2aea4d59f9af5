import { describe, expect, test } from 'vitest';
import { MAX_CODEC_VARIANTS } from '../../../../src-shared/limits.ts';
import type { RtpCapabilities } from '../../../../src-shared/protocol/index.ts';
import { commonCapabilities } from './common-capabilities.ts';

const nack = { type: 'nack', parameter: '' };
const pli = { type: 'nack', parameter: 'pli' };
const mid = { kind: 'video', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1 } as const;
const video = (mimeType: string, preferredPayloadType: number, parameters = {}) => ({
  kind: 'video' as const,
  mimeType,
  clockRate: 90_000,
  preferredPayloadType,
  parameters,
  rtcpFeedback: [],
});

const router: RtpCapabilities = {
  codecs: [
    { ...video('video/VP8', 101), rtcpFeedback: [nack, pli] },
    video('video/rtx', 102, { apt: 101 }),
    video('video/VP9', 103, { 'profile-id': 0 }),
    video('video/rtx', 104, { apt: 103 }),
  ],
  headerExtensions: [mid],
};
const payloadTypes = ({ codecs }: RtpCapabilities) => codecs?.map(({ preferredPayloadType }) => preferredPayloadType);

describe('what a receiver and the router have in common for a producer', () => {
  test('are the codecs it sends, whatever their case, with their retransmissions', () => {
    const codecs = [
      video('video/H265', 35),
      video('video/rtx', 36, { apt: 35 }),
      video('VIDEO/vp8', 96),
      video('video/RTX', 97, { apt: 96 }),
      video('video/VP9', 98, { 'profile-id': 2 }),
      video('video/rtx', 99, { apt: 98 }),
    ];
    expect(payloadTypes(commonCapabilities({ codecs }, router, ['video/vp8']))).toEqual([96, 97]);
    expect(payloadTypes(commonCapabilities({ codecs }, router, ['video/vp9', 'video/vp8']))).toEqual([96, 98, 97, 99]);
    expect(payloadTypes(commonCapabilities({ codecs }, router, ['audio/opus']))).toEqual([]);
  });

  test('is no more of a codec than the router has of it', () => {
    const vp8 = {
      ...video('video/VP8', 96, { 'profile-id': 0 }),
      rtcpFeedback: [pli, { type: 'nack' }, { type: 'x' }],
    };
    const vp9 = video('video/VP9', 98, { 'profile-id': 2, constructor: 1 });
    expect(commonCapabilities({ codecs: [vp8, vp9] }, router, ['video/vp8', 'video/vp9']).codecs).toEqual([
      { ...vp8, parameters: {}, rtcpFeedback: [nack, pli] },
      { ...vp9, parameters: { 'profile-id': 2 } },
    ]);
  });

  test('are the header extensions under the same id', () => {
    const elsewhere = { ...mid, preferredId: 2 };
    expect(commonCapabilities({ headerExtensions: [elsewhere, mid, mid] }, router, []).headerExtensions).toEqual([mid]);
    expect(commonCapabilities({ headerExtensions: [elsewhere] }, router, []).headerExtensions).toEqual([]);
    expect(commonCapabilities({}, router, []).headerExtensions).toEqual([]);
  });

  test('are so many variants of a codec, and no more', () => {
    const variants = Array.from({ length: MAX_CODEC_VARIANTS + 1 }, (_, index) => video('video/VP9', index));
    const retransmissions = variants.map(({ preferredPayloadType: apt }) => video('video/rtx', 100 + apt, { apt }));
    const { codecs } = commonCapabilities({ codecs: [...variants, ...retransmissions] }, router, ['video/vp9']);
    expect(codecs?.filter(({ mimeType }) => mimeType === 'video/VP9')).toHaveLength(MAX_CODEC_VARIANTS);
    expect(codecs).toHaveLength(2 * MAX_CODEC_VARIANTS);
  });
});
