/** The keys of a meeting. */
import type { Catalog } from '../../../i18n/index.svelte.ts';

export interface Shortcut {
  /** As `KeyboardEvent.key`, lower case. */
  key: string;
  shift?: boolean;
  name: Exclude<keyof Catalog['keys'], 'title' | 'hint' | 'shift' | 'escape' | 'close'>;
  run: () => void;
}

const WRITING = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';

/** Whether a key means something else here: somebody writes, or a menu or sheet is open. */
function stepsAside(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return true;
  const { target } = event;
  return target instanceof Element && target.closest(`${WRITING}, [popover], dialog`) !== null;
}

/** The shortcut an event stands for, if any. */
export function shortcutFor(event: KeyboardEvent, shortcuts: readonly Shortcut[]): Shortcut | undefined {
  if (stepsAside(event)) return undefined;
  const key = event.key.toLowerCase();
  // Signs like ? need Shift on some keyboards and not on others: only letters are particular about it.
  const letter = /^\p{L}$/u.test(key);
  return shortcuts.find(
    (shortcut) => shortcut.key === key && (!letter || (shortcut.shift ?? false) === event.shiftKey),
  );
}
