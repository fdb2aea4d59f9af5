import type * as Electron from 'electron';
import { present } from '../whole.ts';
import { toJpeg } from './x11.ts';

/** @param png null: an empty image */
export function nativeImage(png: Buffer | null): Electron.NativeImage {
  return present<Electron.NativeImage>('nativeImage', {
    isEmpty: () => png === null,
    toJPEG: (quality) => (png ? toJpeg(png, quality) : Buffer.alloc(0)),
  });
}
