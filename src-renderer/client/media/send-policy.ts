import type { types } from 'mediasoup-client';
import type { Source } from '../../../src-shared/protocol/index.ts';

/** How a source is sent; bit rates are bit/s. */
export interface SendPolicy {
  encodings: types.RtpEncodingParameters[];
  codecOptions: types.ProducerCodecOptions;
  /** The codec to prefer. */
  codec: string;
  degradationPreference?: RTCDegradationPreference;
}

/** Simulcast, lowest first: 180, 360 and 720 px high, so that each viewer gets what their tile needs. */
const CAMERA_LAYERS = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
];

/** Without it the encoder takes seconds to reach a good picture, kbit/s. */
const START_KBPS = 3000;

/**
 * How to send `source`.
 *
 * @param height of the camera's picture, px: a small one has fewer layers
 */
export function sendPolicy(source: Source, height: number): SendPolicy {
  switch (source) {
    case 'microphone':
      return {
        encodings: [{}],
        codecOptions: { opusStereo: false, opusFec: true, opusDtx: true },
        codec: 'audio/opus',
      };
    case 'screen-audio':
      return {
        encodings: [{ maxBitrate: 128_000 }],
        codecOptions: { opusStereo: true, opusFec: true, opusDtx: false },
        codec: 'audio/opus',
      };
    case 'camera':
      return {
        encodings: cameraLayers(height),
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        codec: 'video/vp8',
      };
    case 'screen':
      return {
        encodings: [{ maxBitrate: 4_000_000 }],
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        codec: 'video/vp8',
        degradationPreference: 'maintain-resolution',
      };
  }
}

function cameraLayers(height: number): types.RtpEncodingParameters[] {
  if (height > 480) return CAMERA_LAYERS.map((layer) => ({ ...layer }));
  // A picture of 360 px: the same heights, so the two lower layers of the three.
  return CAMERA_LAYERS.slice(0, 2).map((layer) => ({
    ...layer,
    scaleResolutionDownBy: layer.scaleResolutionDownBy / 2,
  }));
}

/** Which of `count` encodings to send when `wanted` is the highest layer anyone shows; -1: nobody watches. */
export function activeLayers(count: number, wanted: number): boolean[] {
  return Array.from({ length: count }, (_, layer) => layer <= wanted);
}
