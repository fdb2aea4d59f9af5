/** The limits that schemas enforce: a value at the limit is accepted, and one beyond it is refused. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CALLS } from '../src-shared/ipc.ts';
import * as limits from '../src-shared/limits.ts';
import { PICKER_CALLS } from '../src-shared/picker-ipc.ts';
import { directRequests } from '../src-shared/protocol/signaling/direct.ts';
import { parse, requests } from '../src-shared/protocol/index.ts';
import { RequestId } from '../src-shared/protocol/signaling/plain-websocket.ts';
import {
  AppointmentTitle,
  ChatText,
  Id,
  Passcode,
  RoomName,
  Timestamp,
  Token,
  UserName,
  WaitingNote,
} from '../src-shared/protocol/values/primitives.ts';
import { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters } from '../src-shared/protocol/values/rtp.ts';

type Limit = keyof typeof limits;
/** A schema and a value for it, of a length, count or depth. */
type Row = readonly [limit: Limit, of: string, schema: v.GenericSchema, value: (size: number) => unknown];

const text = (length: number) => 'x'.repeat(length);
const list = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
const entries = (count: number, value: unknown = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]));
const uuid = '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11';
const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 };
const offeredOpus = { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 111, clockRate: 48_000 };
const uri = 'urn:ietf:params:rtp-hdrext:sdes:mid';
/** A message to a peer whose JSON text is `length` long. */
const toPeer = (length: number) => ({
  toPeer: 'p',
  text: text(length - JSON.stringify({ toPeer: 'p', text: '' }).length),
});
/** A message to a peer of objects `depth` deep, itself counted. */
const nested = (depth: number): object => (depth === 1 ? { toPeer: 'p' } : { toPeer: 'p', in: nested(depth - 1) });

const ROWS: readonly Row[] = [
  ['MAX_NAME_LENGTH', 'a person’s name', UserName, text],
  ['MAX_ROOM_NAME_LENGTH', 'a room’s name', RoomName, text],
  ['MAX_APPOINTMENT_TITLE_LENGTH', 'an appointment’s title', AppointmentTitle, text],
  ['MAX_CHAT_LENGTH', 'a chat message', ChatText, text],
  ['MAX_TOKEN_LENGTH', 'a token', Token, text],
  ['MAX_PASSCODE_LENGTH', 'a passcode', Passcode, text],
  ['MAX_WAITING_NOTE_LENGTH', 'a line from the lobby', WaitingNote, text],
  ['MAX_ID_LENGTH', 'an id', Id, text],
  ['MAX_ID_LENGTH', 'the id of a request on the plain WebSocket', RequestId, text],
  ['MAX_TIMESTAMP', 'a time', Timestamp, (ms) => ms],
  ['MAX_RTP_CODECS', 'codecs to receive', RtpCapabilities, (count) => ({ codecs: list(count, offeredOpus) })],
  ['MAX_RTP_CODECS', 'codecs sent', RtpParameters, (count) => ({ codecs: list(count, opus) })],
  [
    'MAX_RTP_HEADER_EXTENSIONS',
    'header extensions to receive',
    RtpCapabilities,
    (count) => ({ headerExtensions: list(count, { kind: 'audio', uri, preferredId: 1 }) }),
  ],
  [
    'MAX_RTP_HEADER_EXTENSIONS',
    'header extensions sent',
    RtpParameters,
    (count) => ({ codecs: [opus], headerExtensions: list(count, { uri, id: 1 }) }),
  ],
  ['MAX_RTP_ENCODINGS', 'encodings', RtpParameters, (count) => ({ codecs: [], encodings: list(count, { ssrc: 1 }) })],
  ['MAX_RTP_STRING_LENGTH', 'a text of RTP', RtpParameters, (length) => ({ codecs: [], msid: text(length) })],
  [
    'MAX_RTP_STRING_LENGTH',
    'a text of ICE',
    IceParameters,
    (length) => ({ usernameFragment: text(length), password: '' }),
  ],
  [
    'MAX_DTLS_FINGERPRINTS',
    'fingerprints',
    DtlsParameters,
    (count) => ({ fingerprints: list(count, { algorithm: 'sha-256', value: 'AB:CD' }) }),
  ],
  [
    'MAX_CONSUMERS_PER_PARTICIPANT',
    'consumers to resume',
    requests.resumeConsumers.payload,
    (count) => ({ consumerIds: list(count, uuid) }),
  ],
  [
    'MAX_CONSUMERS_PER_PARTICIPANT',
    'consumers to pause',
    requests.pauseConsumers.payload,
    (count) => ({ consumerIds: list(count, uuid) }),
  ],
  [
    'MAX_CONSUMERS_PER_PARTICIPANT',
    'preferred layers',
    requests.setLayers.payload,
    (count) => ({ layers: list(count, { consumerId: uuid, spatialLayer: 2 }) }),
  ],
  [
    'MAX_SDP_LENGTH',
    'an offer at a desk',
    directRequests.newOffer.payload,
    (length) => ({ offer: { type: 'offer', sdp: text(length) } }),
  ],
  [
    'MAX_SDP_LENGTH',
    'an answer at a desk',
    directRequests.newAnswer.payload,
    (length) => ({ answer: { type: 'answer', sdp: text(length) }, appointmentId: 'a' }),
  ],
  [
    'MAX_ICE_CANDIDATE_LENGTH',
    'a candidate at a desk',
    directRequests.iceToServer.payload,
    (length) => ({ candidate: { candidate: text(length) } }),
  ],
  ['MAX_PEER_DESCRIPTION_LENGTH', 'an offer to a peer', directRequests.offer.payload, toPeer],
  ['MAX_PEER_CANDIDATE_LENGTH', 'a candidate to a peer', directRequests.ice_candidate.payload, toPeer],
  ['MAX_PEER_MESSAGE_DEPTH', 'a message to a peer', directRequests.offer.payload, nested],
  ['MAX_LINK_LENGTH', 'a link', CALLS.join, (length) => ({ link: text(length) })],
  ['MAX_LANGUAGE_LENGTH', 'a language', CALLS.setAppearance, (length) => ({ theme: 'dark', language: text(length) })],
  ['MAX_PREFERENCES', 'preferences', CALLS.savePreferences, (count) => entries(count, '')],
  ['MAX_PREFERENCE_LENGTH', 'the key of a preference', CALLS.savePreferences, (length) => ({ [text(length)]: '' })],
  ['MAX_PREFERENCE_LENGTH', 'a preference', CALLS.savePreferences, (length) => ({ key: text(length) })],
  [
    'MAX_SOURCE_ID_LENGTH',
    'the id of a screen',
    PICKER_CALLS.answer,
    (length) => ({ source: text(length), quality: 'text', sound: false }),
  ],
];

it.each(ROWS)('%s: %s', (limit, _of, schema, value) => {
  expect(v.is(schema, value(limits[limit]))).toBe(true);
  expect(() => parse(schema, value(limits[limit] + 1))).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
});

/** A list of what a browser offers loses what is beyond a limit, and keeps the rest. */
const DROPPED: readonly (readonly [limit: Limit, of: string, part: (size: number) => object])[] = [
  ['MAX_FORMAT_PARAMETERS', 'parameters', (count) => ({ parameters: entries(count) })],
  ['MAX_RTCP_FEEDBACKS', 'feedback', (count) => ({ rtcpFeedback: list(count, { type: 'nack' }) })],
];

it.each(DROPPED)('%s: a codec with more %s is dropped', (limit, _of, part) => {
  const [atLimit, beyond] = [0, 1].map((more) => ({ ...opus, ...part(limits[limit] + more) }));
  expect(v.parse(RtpParameters, { codecs: [beyond, atLimit] }).codecs).toEqual([atLimit]);
});

it('every limit that a schema uses has a row', () => {
  const shared = join(import.meta.dirname, '../src-shared');
  const sources = globSync('**/*.ts', { cwd: shared, exclude: ['**/*.test.ts'] });
  const code = sources.map((path) => readFileSync(join(shared, path), 'utf8')).join('\n');
  const imports = [...code.matchAll(/import \{([^}]*)\} from '[./]+\/limits\.ts'/g)];
  const used = imports.flatMap(([, names = '']) => names.match(/\w+/g) ?? []);
  expect(new Set([...ROWS, ...DROPPED].map(([limit]) => limit))).toEqual(new Set(used));
});
