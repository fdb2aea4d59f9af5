/** Short valid RTP and DTLS parameters, for the examples of the HTTP media API. */

export const EXAMPLE_ID = '3f1c8a52-7d0e-4b69-9a47-5c2e8d10f6b3';

export const EXAMPLE_DTLS = {
  role: 'client' as const,
  fingerprints: [
    {
      algorithm: 'sha-256' as const,
      value: '5B:0C:9E:41:7A:D2:33:F8:16:AC:85:60:2E:97:BB:04:C9:7F:52:E8:1D:36:A0:6B:F4:88:13:CE:59:27:90:DA',
    },
  ],
};

export const EXAMPLE_OPUS = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 2_774_921_506 }],
};

export const EXAMPLE_CAPABILITIES = {
  codecs: [{ kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 }],
};
