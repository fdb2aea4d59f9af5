import type { DisplayOptions } from './platform.ts';

/**
 * What to ask of `getDisplayMedia`: text at a calm rate, motion at a full one; the meeting's own
 * sound left out, or everyone would hear themselves.
 */
export function displayConstraints({ quality }: DisplayOptions): DisplayMediaStreamOptions {
  return {
    video: { frameRate: { ideal: quality === 'text' ? 10 : 30 } },
    audio: { restrictOwnAudio: true, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    systemAudio: 'include',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
}
