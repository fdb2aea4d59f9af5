/** Lists what can be shared. The one screen and the windows are those of the X server, their pictures real. */
import type * as Electron from 'electron';
import { SHARED_TITLE } from '../chromium/chromium.ts';
import { present } from '../whole.ts';
import { capture, listWindows, setTitle, titleOf, toJpeg } from './x11.ts';

const SCREEN_ID = 'screen:0:0';
/** The id of a window as a source. @param id on the X server */
export const sourceIdOf = (id: string) => `window:${id}:0`;
/** Px, Electron's own. */
const THUMBNAIL = { width: 150, height: 150 };

export const desktopCapturer = present<Electron.DesktopCapturer>('desktopCapturer', {
  async getSources({ types, thumbnailSize = THUMBNAIL }) {
    const windows = types.includes('window') ? await listWindows() : [];
    const listed = [
      ...(types.includes('screen') ? [{ id: SCREEN_ID, name: SHARED_TITLE, shown: 'root' }] : []),
      ...windows.map(({ id, title }) => ({ id: sourceIdOf(id), name: title, shown: id })),
    ];
    const wanted = thumbnailSize.width > 0 && thumbnailSize.height > 0;
    return Promise.all(
      listed.map(async ({ id, name, shown }) => {
        const thumbnail = nativeImage(wanted ? await capture(shown, thumbnailSize) : null);
        return present<Electron.DesktopCapturerSource>('desktopCapturer source', { id, name, thumbnail });
      }),
    );
  },
});

/** @param png null: an empty image */
function nativeImage(png: Buffer | null): Electron.NativeImage {
  return present<Electron.NativeImage>('nativeImage', {
    isEmpty: () => png === null,
    toJPEG: (quality) => (png ? toJpeg(png, quality) : Buffer.alloc(0)),
  });
}

/** Undoes the last {@link selectSource}. */
let undo: () => Promise<void> = () => Promise.resolve();

/**
 * Makes Chromium share this source when a page asks next. Chromium chooses by title, so a window gets the
 * title of the screen for that moment, and the page is then prevented from sharing the screen itself.
 */
export async function selectSource(sourceId: string): Promise<'screen' | 'window'> {
  await restoreTitle();
  if (sourceId === SCREEN_ID) return 'screen';
  const [, id = ''] = /^window:(\d+):/.exec(sourceId) ?? [];
  const title = await titleOf(id);
  undo = () => setTitle(id, title);
  await setTitle(id, SHARED_TITLE);
  return 'window';
}

/** Restores the window's title. */
export async function restoreTitle(): Promise<void> {
  const restore = undo;
  undo = () => Promise.resolve();
  await restore();
}
