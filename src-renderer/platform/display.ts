export interface DisplayOptions {
  /** `text`: sharp and still, for documents; `motion`: fluent, for films. */
  quality: 'text' | 'motion';
}

/** A screen, window or tab the person chose, and how it is to be shown. */
export interface PickedDisplay extends DisplayOptions {
  stream: MediaStream;
}

/**
 * What to ask of `getDisplayMedia`: text at a calm rate, motion at a full one; the meeting's own
 * sound left out, or everyone would hear themselves.
 */
export function displayConstraints({ quality }: DisplayOptions): DisplayMediaStreamOptions {
  return {
    video: { frameRate: frameRate(quality) },
    audio: { restrictOwnAudio: true, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    systemAudio: 'include',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
}

/** Frames per second of a shared screen. */
export function frameRate(quality: DisplayOptions['quality']): ConstrainDouble {
  return { ideal: quality === 'text' ? 10 : 30 };
}

/** The promise of `getDisplayMedia`; null when the person changed their mind. */
export async function unlessCancelled(asked: Promise<MediaStream>): Promise<MediaStream | null> {
  try {
    return await asked;
  } catch (error) {
    const cancelled = error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
    if (cancelled) return null;
    throw error;
  }
}
