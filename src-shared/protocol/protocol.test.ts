import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ProtocolError, parse, requests } from './index.ts';
import { ChatText, Id, Reaction, UserName } from './values/primitives.ts';
import { DtlsParameters, RtpCapabilities, RtpParameters } from './values/rtp.ts';

describe('names', () => {
  it('are trimmed', () => {
    expect(v.parse(UserName, '  Mira Okafor ')).toBe('Mira Okafor');
  });

  it('may be in any script, with HTML as plain text', () => {
    for (const name of ['Łucja', '田中 美咲', 'مريم', '<b>Bo</b>', '👩🏽‍🚀']) expect(v.is(UserName, name)).toBe(true);
  });

  it.each(['', '   ', 'a\nb', 'a\u0000b', 'a\u202Eb', '\u200B\u2060', '\u3164', 7, null])(
    'are refused when they are %j',
    (name) => {
      expect(v.is(UserName, name)).toBe(false);
    },
  );
});

describe('chat', () => {
  it('keeps line breaks and spaces as written', () => {
    expect(v.parse(ChatText, ' one\n two ')).toBe(' one\n two ');
  });

  it('has at least one visible character', () => {
    expect(v.is(ChatText, ' \n')).toBe(false);
  });
});

it.each(['👍', '❤️', '👩🏽‍🚀', '👨‍👩‍👧‍👦', '🇪🇸', '1️⃣', '👩🏻‍❤️‍💋‍👩🏿'])('%s is a reaction', (emoji) => {
  expect(v.is(Reaction, emoji)).toBe(true);
});

it.each(['', 'ok', '<b>', '👍 well done', '1', '👍👍', '👍‍👍', '👍\n', '👍'.repeat(1000)])(
  '%j is no reaction',
  (text) => {
    expect(v.is(Reaction, text)).toBe(false);
  },
);

it.each(['../etc', 'a b', 'a'.repeat(65), '', 'ü'])('%j is no id', (id) => {
  expect(v.is(Id, id)).toBe(false);
});

describe('RTP descriptions', () => {
  const opus = { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 111, clockRate: 48000, channels: 2 };

  it('drop codecs and header extensions of the future', () => {
    const capabilities = {
      codecs: [opus, { kind: 'hologram', mimeType: 'hologram/h1' }],
      headerExtensions: [
        { kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1 },
        { kind: 'audio', uri: 'urn:example:future', preferredId: 2 },
      ],
    };
    expect(v.parse(RtpCapabilities, capabilities)).toEqual({
      codecs: [opus],
      headerExtensions: [capabilities.headerExtensions[0]],
    });
  });

  it('drop abs-capture-time, which freezes simulcast', () => {
    const uri = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
    expect(v.parse(RtpParameters, { codecs: [], headerExtensions: [{ uri, id: 13 }] }).headerExtensions).toEqual([]);
  });

  it.each([
    { mid: '0\r\na=candidate:1' },
    { msid: 'stream track\n' },
    { rtcp: { cname: 'c\r\na=ice-ufrag:x' } },
    { rtcp: { cname: 'two words' } },
    { encodings: [{ rid: 'h l' }] },
  ])('carry nothing into the SDP of others: %j', (part) => {
    expect(v.is(RtpParameters, { codecs: [], ...part })).toBe(false);
  });

  it('drop codecs with format parameters that no SDP line can hold', () => {
    const odd = [{ 'a\r\nb': 1 }, { a: '1\r\na=candidate:1' }, { 'a b': 1 }];
    const codecs = odd.map((parameters) => ({ ...opus, payloadType: 111, parameters }));
    expect(v.parse(RtpParameters, { codecs }).codecs).toEqual([]);
  });

  it('name DTLS fingerprints in colon-separated hexadecimal', () => {
    const dtls = (value: string) => ({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] });
    expect(v.is(DtlsParameters, dtls('0A:ff:10'))).toBe(true);
    expect(v.is(DtlsParameters, dtls('0A ff'))).toBe(false);
    expect(v.is(DtlsParameters, { fingerprints: [] })).toBe(false);
  });
});

describe('parse', () => {
  it('names the field that does not fit', () => {
    const join = () => parse(requests.joinRoom.payload, { roomId: 'room', userName: '' });
    expect(join).toThrow(new ProtocolError('BAD_REQUEST', 'userName: must not be empty'));
  });

  it('refuses what is no object', () => {
    for (const payload of [null, 'room', 7, []]) {
      expect(() => parse(requests.joinRoom.payload, payload)).toThrow(ProtocolError);
    }
  });

  it('drops fields it does not know', () => {
    expect(parse(requests.raiseHand.payload, { raised: true, admin: true })).toEqual({ raised: true });
  });
});
