import * as v from 'valibot';

/** The resolution of the own camera: stored per computer, for slow computers. */
export const CaptureSize = v.picklist(['360p', '720p']);
export type CaptureSize = v.InferOutput<typeof CaptureSize>;

const SIZES: Record<CaptureSize, { width: number; height: number }> = {
  '360p': { width: 640, height: 360 },
  '720p': { width: 1280, height: 720 },
};

/** What to ask of `getUserMedia` for a camera. */
export function cameraConstraints(size: CaptureSize): MediaTrackConstraints {
  const { width, height } = SIZES[size];
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30, max: 30 } };
}

/** What to ask of `getUserMedia` for a microphone. */
export const microphoneConstraints: MediaTrackConstraints = {
  channelCount: { ideal: 1 },
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
