import { isOverconstrained } from './problem.ts';

/** A microphone and a camera just opened, each with why it was not. */
export interface Opened {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  microphoneError: unknown;
  cameraError: unknown;
}

export interface Wishes {
  microphone: MediaTrackConstraints | null;
  camera: MediaTrackConstraints | null;
}

/** Opens what is wished in one prompt; where that fails, what can be had of it. */
export async function openTogether({ microphone, camera }: Wishes): Promise<Opened> {
  const opened: Opened = { microphone: null, camera: null, microphoneError: null, cameraError: null };
  if (microphone && camera) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: microphone, video: camera });
      return { ...opened, microphone: stream.getAudioTracks()[0] ?? null, camera: stream.getVideoTracks()[0] ?? null };
    } catch (error) {
      // A missing or denied device must not prevent the other one. A person who has just denied is not asked again.
      const [askMicrophone, askCamera] = await Promise.all([
        mayAskAlone('microphone', error),
        mayAskAlone('camera', error),
      ]);
      if (!askMicrophone) opened.microphoneError = error;
      if (!askCamera) opened.cameraError = error;
    }
  }
  if (microphone && !opened.microphoneError) {
    await openOne('audio', microphone).then(
      (track) => (opened.microphone = track),
      (error: unknown) => (opened.microphoneError = error),
    );
  }
  if (camera && !opened.cameraError) {
    await openOne('video', camera).then(
      (track) => (opened.camera = track),
      (error: unknown) => (opened.cameraError = error),
    );
  }
  return opened;
}

/**
 * Opens one device. If it does not support the constraints, opens it without them.
 *
 * @throws {DOMException} as `getUserMedia` does
 */
export async function openOne(kind: 'audio' | 'video', constraints: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ [kind]: constraints }).catch((error: unknown) => {
    if (!isOverconstrained(error)) throw error;
    return navigator.mediaDevices.getUserMedia({ [kind]: true });
  });
  const [track] = stream.getTracks();
  if (!track) throw new DOMException('The browser gave an empty stream.', 'NotFoundError');
  return track;
}

async function mayAskAlone(name: 'microphone' | 'camera', error: unknown): Promise<boolean> {
  if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return true;
  try {
    return (await navigator.permissions.query({ name })).state === 'granted';
  } catch {
    return false;
  }
}
