/** RTP parameters as a browser has them, written by hand: these clients do signaling only and send no packets. */

export const dtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'A5').join(':') }],
};

const OPUS = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
const VP8 = { mimeType: 'video/VP8', clockRate: 90_000 };

/** To send sound. */
export const microphone = {
  kind: 'audio',
  rtpParameters: { codecs: [{ ...OPUS, payloadType: 111 }], encodings: [{ ssrc: 11_111_111 }] },
};

/** To send a picture in three layers. */
export const camera = {
  kind: 'video',
  rtpParameters: {
    mid: '1',
    codecs: [{ ...VP8, payloadType: 96, rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] }],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
    ],
    encodings: [
      { rid: 'r0', scalabilityMode: 'L1T3' },
      { rid: 'r1', scalabilityMode: 'L1T3' },
      { rid: 'r2', scalabilityMode: 'L1T3' },
    ],
  },
};

/** To receive both. */
export const rtpCapabilities = {
  codecs: [
    { ...OPUS, kind: 'audio', preferredPayloadType: 100 },
    { ...VP8, kind: 'video', preferredPayloadType: 101 },
  ],
};

/** The capabilities of a client that can receive none of the codecs sent here. */
export const noCapabilities = { codecs: [] };

/** An id that does not exist. */
export const NOBODYS = '3f1c8a52-7d0e-4b69-9a47-5c2e8d10f6b3';
