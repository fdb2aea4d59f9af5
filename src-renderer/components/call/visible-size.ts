import type { Attachment } from 'svelte/attachments';

/** No screen shows more than this helps: twice the CSS resolution. */
const MOST_PIXEL_RATIO = 2;

/**
 * Reports the visible size of an element in device px: at once, and whenever it changes.
 * 0 × 0 while it is scrolled out of view or its window is hidden, and when it goes.
 */
export function visibleSize(report: (width: number, height: number) => void): Attachment {
  return (element) => {
    let seen = true;
    let size = { width: 0, height: 0 };
    let last = '';
    const tell = (width: number, height: number) => {
      if (last === `${width}×${height}`) return;
      last = `${width}×${height}`;
      report(width, height);
    };
    const update = () => {
      const ratio = Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
      const shown = seen && !document.hidden;
      tell(shown ? Math.round(size.width * ratio) : 0, shown ? Math.round(size.height * ratio) : 0);
    };
    const resized = new ResizeObserver(([entry]) => {
      if (entry) size = entry.contentRect;
      update();
    });
    const scrolled = new IntersectionObserver((entries) => {
      seen = entries.at(-1)?.isIntersecting ?? seen;
      update();
    });
    resized.observe(element);
    scrolled.observe(element);
    document.addEventListener('visibilitychange', update);
    return () => {
      resized.disconnect();
      scrolled.disconnect();
      document.removeEventListener('visibilitychange', update);
      tell(0, 0);
    };
  };
}
