import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  MAX_CONSUMERS_PER_PARTICIPANT,
  MAX_DTLS_FINGERPRINTS,
  MAX_FORMAT_PARAMETERS,
  MAX_ID_LENGTH,
  MAX_PASSCODE_LENGTH,
  MAX_ROOM_NAME_LENGTH,
  MAX_RTCP_FEEDBACKS,
  MAX_RTP_CODECS,
  MAX_RTP_ENCODINGS,
  MAX_RTP_HEADER_EXTENSIONS,
  MAX_RTP_STRING_LENGTH,
  MAX_TIMESTAMP,
  MAX_TOKEN_LENGTH,
} from '../limits.ts';
import { Id, Passcode, RoomName, Timestamp, Token } from './primitives.ts';
import { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters } from './rtp.ts';
import { requests } from './signalling.ts';

const text = (length: number) => 'x'.repeat(length);
const list = <Item>(length: number, item: Item) => Array.from({ length }, () => item);

const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 };
const extension = { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 };
const fingerprint = { algorithm: 'sha-256', value: 'AB:CD' };
const offered = { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 111, clockRate: 48_000 };

describe('at its bound it is taken, one over it is refused', () => {
  it.each<[what: string, schema: v.GenericSchema, bound: number, sized: (size: number) => unknown]>([
    ['the name of a room', RoomName, MAX_ROOM_NAME_LENGTH, text],
    ['an id', Id, MAX_ID_LENGTH, text],
    ['a token', Token, MAX_TOKEN_LENGTH, text],
    ['a passcode', Passcode, MAX_PASSCODE_LENGTH, text],
    ['a time', Timestamp, MAX_TIMESTAMP, (ms) => ms],
    ['the list of codecs offered', RtpCapabilities, MAX_RTP_CODECS, (size) => ({ codecs: list(size, offered) })],
    ['the list of codecs sent', RtpParameters, MAX_RTP_CODECS, (size) => ({ codecs: list(size, opus) })],
    [
      'the list of header extensions offered',
      RtpCapabilities,
      MAX_RTP_HEADER_EXTENSIONS,
      (size) => ({ headerExtensions: list(size, { kind: 'audio', uri: extension.uri, preferredId: 1 }) }),
    ],
    [
      'the list of header extensions sent',
      RtpParameters,
      MAX_RTP_HEADER_EXTENSIONS,
      (size) => ({ codecs: [opus], headerExtensions: list(size, extension) }),
    ],
    [
      'the list of encodings',
      RtpParameters,
      MAX_RTP_ENCODINGS,
      (size) => ({ codecs: [opus], encodings: list(size, { ssrc: 1 }) }),
    ],
    ['a string of a description', RtpParameters, MAX_RTP_STRING_LENGTH, (size) => ({ codecs: [], msid: text(size) })],
    [
      'a string of ICE',
      IceParameters,
      MAX_RTP_STRING_LENGTH,
      (size) => ({ usernameFragment: text(size), password: 'p' }),
    ],
    [
      'the list of DTLS fingerprints',
      DtlsParameters,
      MAX_DTLS_FINGERPRINTS,
      (size) => ({ fingerprints: list(size, fingerprint) }),
    ],
    [
      'the list of consumers to resume',
      requests.resumeConsumers.payload,
      MAX_CONSUMERS_PER_PARTICIPANT,
      (size) => ({ consumerIds: list(size, '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11') }),
    ],
    [
      'the list of consumers to pause',
      requests.pauseConsumers.payload,
      MAX_CONSUMERS_PER_PARTICIPANT,
      (size) => ({ consumerIds: list(size, '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11') }),
    ],
    [
      'the list of preferred layers',
      requests.setLayers.payload,
      MAX_CONSUMERS_PER_PARTICIPANT,
      (size) => ({ layers: list(size, { consumerId: '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11', spatialLayer: 2 }) }),
    ],
  ])('%s', (_what, schema, bound, sized) => {
    expect(v.is(schema, sized(bound))).toBe(true);
    expect(v.is(schema, sized(bound + 1))).toBe(false);
  });

  it.each<[what: string, bound: number, sized: (size: number) => object]>([
    ['many format parameters', MAX_FORMAT_PARAMETERS, (size) => ({ parameters: parameters(size) })],
    ['much feedback', MAX_RTCP_FEEDBACKS, (size) => ({ rtcpFeedback: list(size, { type: 'nack' }) })],
  ])('a codec with %s is kept, or dropped', (_what, bound, sized) => {
    const codecs = [
      { ...opus, ...sized(bound) },
      { ...opus, ...sized(bound + 1) },
    ];
    expect(v.parse(RtpParameters, { codecs }).codecs).toEqual([codecs[0]]);
  });
});

function parameters(size: number) {
  return Object.fromEntries(Array.from({ length: size }, (_, index) => [`p${index}`, index]));
}
