/**
 * Calls `seen` when `video` has put its next frame on screen; returns the undo. A browser that does not
 * tell of frames never does.
 */
export function onNextFrame(video: HTMLVideoElement, seen: () => void): () => void {
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  const request = video.requestVideoFrameCallback(() => seen());
  return () => video.cancelVideoFrameCallback(request);
}
