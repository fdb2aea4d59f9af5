/**
 * RTP and DTLS descriptions as mediasoup and mediasoup-client exchange them (W3C ORTC shapes).
 * Unknown list items (codecs and header extensions of future browsers) are dropped, not refused; known items
 * are checked completely.
 */
import * as v from 'valibot';
import {
  MAX_DTLS_FINGERPRINTS,
  MAX_FORMAT_PARAMETERS,
  MAX_RTCP_FEEDBACKS,
  MAX_RTP_CODECS,
  MAX_RTP_ENCODINGS,
  MAX_RTP_HEADER_EXTENSIONS,
  MAX_RTP_STRING_LENGTH,
} from '../../limits.ts';

/**
 * One line of printable ASCII: such text of one participant becomes part of the SDP of all others, where a
 * line break would start a new SDP line.
 */
const text = v.pipe(v.string(), v.maxLength(MAX_RTP_STRING_LENGTH), v.regex(/^[\x20-\x7E]*$/, 'must be printable'));
/** An identifier that is one of several on a line of SDP. */
const word = v.pipe(text, v.regex(/^\S*$/, 'must not contain spaces'));
const uint8 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** A list of which only the items that match `item` are kept. */
function known<const Item extends v.GenericSchema>(item: Item, max: number) {
  return v.pipe(
    v.array(v.unknown()),
    v.maxLength(max),
    v.transform((list) => list.filter((entry) => v.is(item, entry)).map((entry) => v.parse(item, entry))),
  );
}

export const MediaKind = v.picklist(['audio', 'video']);
export type MediaKind = v.InferOutput<typeof MediaKind>;

/**
 * Without `abs-capture-time`: with it simulcast layers stop switching in mediasoup 3.27 and video
 * freezes when the top layer ends.
 */
const HeaderExtensionUri = v.picklist([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

const RtcpFeedback = v.object({ type: text, parameter: v.exactOptional(text) });

/** Format parameters (the `a=fmtp` line): flat, as SDP is. */
const FormatParameters = v.pipe(
  v.record(word, v.union([text, v.number(), v.boolean(), v.null()])),
  v.maxEntries(MAX_FORMAT_PARAMETERS, `must be at most ${MAX_FORMAT_PARAMETERS}`),
);

const codec = {
  mimeType: v.pipe(text, v.regex(/^(audio|video)\/.+$/i)),
  clockRate: uint32,
  channels: v.exactOptional(uint8),
  parameters: v.exactOptional(FormatParameters),
  rtcpFeedback: v.exactOptional(v.pipe(v.array(RtcpFeedback), v.maxLength(MAX_RTCP_FEEDBACKS))),
};

export const RtpCapabilities = v.object({
  codecs: v.exactOptional(known(v.object({ ...codec, kind: MediaKind, preferredPayloadType: uint8 }), MAX_RTP_CODECS)),
  headerExtensions: v.exactOptional(
    known(
      v.object({
        kind: MediaKind,
        uri: HeaderExtensionUri,
        preferredId: uint8,
        preferredEncrypt: v.exactOptional(v.boolean()),
        direction: v.exactOptional(v.picklist(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
      }),
      MAX_RTP_HEADER_EXTENSIONS,
    ),
  ),
});
export type RtpCapabilities = v.InferOutput<typeof RtpCapabilities>;

const RtpEncoding = v.object({
  ssrc: v.exactOptional(uint32),
  rid: v.exactOptional(word),
  codecPayloadType: v.exactOptional(uint8),
  rtx: v.exactOptional(v.object({ ssrc: uint32 })),
  dtx: v.exactOptional(v.boolean()),
  scalabilityMode: v.exactOptional(text),
  maxBitrate: v.exactOptional(uint32),
});

export const RtpParameters = v.object({
  mid: v.exactOptional(word),
  codecs: known(v.object({ ...codec, payloadType: uint8 }), MAX_RTP_CODECS),
  headerExtensions: v.exactOptional(
    known(
      v.object({
        uri: HeaderExtensionUri,
        id: uint8,
        encrypt: v.exactOptional(v.boolean()),
        parameters: v.exactOptional(FormatParameters),
      }),
      MAX_RTP_HEADER_EXTENSIONS,
    ),
  ),
  encodings: v.exactOptional(v.pipe(v.array(RtpEncoding), v.maxLength(MAX_RTP_ENCODINGS))),
  rtcp: v.exactOptional(v.object({ cname: v.exactOptional(word), reducedSize: v.exactOptional(v.boolean()) })),
  msid: v.exactOptional(text),
});
export type RtpParameters = v.InferOutput<typeof RtpParameters>;

export const DtlsParameters = v.object({
  role: v.exactOptional(v.picklist(['auto', 'client', 'server'])),
  fingerprints: v.pipe(
    v.array(
      v.object({
        algorithm: v.picklist(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: v.pipe(text, v.regex(/^[0-9a-f]{2}(:[0-9a-f]{2})*$/i)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_DTLS_FINGERPRINTS),
  ),
});
export type DtlsParameters = v.InferOutput<typeof DtlsParameters>;

export const IceParameters = v.object({
  usernameFragment: text,
  password: text,
  iceLite: v.exactOptional(v.boolean()),
});
export type IceParameters = v.InferOutput<typeof IceParameters>;

export const IceCandidate = v.object({
  foundation: text,
  priority: uint32,
  ip: text,
  address: text,
  protocol: v.picklist(['udp', 'tcp']),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  type: v.picklist(['host', 'srflx', 'prflx', 'relay']),
  tcpType: v.exactOptional(v.picklist(['active', 'passive', 'so'])),
});
export type IceCandidate = v.InferOutput<typeof IceCandidate>;
