/** Popovers beside the control that opens them, and menus one walks through with the arrow keys. */
import type { Attachment } from 'svelte/attachments';

const EDGE = 8;
const AWAY = 4;

export interface Placement {
  side: 'above' | 'below';
  /** `start`: begins where its button begins. */
  align: 'centre' | 'start';
}

/** Puts a popover beside `anchor`, inside the window, as `--x` and `--y` in px. */
function place(popover: HTMLElement, anchor: Element, { side, align }: Placement): void {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const inside = (value: number, most: number) => Math.max(EDGE, Math.min(value, most - EDGE));
  const above = box.top - height - AWAY;
  const below = box.bottom + AWAY;
  const fitsBelow = below + height <= innerHeight - EDGE;
  const y = side === 'below' ? (fitsBelow ? below : above) : above >= EDGE ? above : below;
  const x = align === 'start' ? box.left : box.left + box.width / 2 - width / 2;
  popover.style.setProperty('--x', `${inside(x, innerWidth - width)}px`);
  popover.style.setProperty('--y', `${inside(y, innerHeight - height)}px`);
}

/**
 * Keeps a popover beside the button whose `popovertarget` it is, gives the focus to `[autofocus]`,
 * the chosen item or the first one, and tells when it opens and closes.
 */
export function anchored(placement: Placement, ontoggle?: (open: boolean) => void): Attachment<HTMLElement> {
  return (popover) => {
    const anchor = () => document.querySelector(`[popovertarget="${popover.id}"]`);
    const follow = () => {
      const at = anchor();
      if (at) place(popover, at, placement);
    };
    const toggled = (event: ToggleEvent) => {
      const open = event.newState === 'open';
      if (open) {
        follow();
        addEventListener('resize', follow);
        const first = '[autofocus], [aria-checked="true"], [role^="menuitem"]:not(:disabled)';
        popover.querySelector<HTMLElement>(first)?.focus();
      } else removeEventListener('resize', follow);
      ontoggle?.(open);
    };
    popover.addEventListener('toggle', toggled);
    return () => {
      popover.removeEventListener('toggle', toggled);
      removeEventListener('resize', follow);
    };
  };
}

/** The item after `at`, around the end, whose text begins with `letter`; -1: none. */
function itemByLetter(items: readonly HTMLElement[], at: number, letter: string): number {
  const after = items.findIndex((_, offset) => {
    const text = items[(at + 1 + offset) % items.length]?.textContent.trim() ?? '';
    return text.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
  });
  return after < 0 ? -1 : (at + 1 + after) % items.length;
}

/** Arrow keys, Home and End walk the items of a menu, a letter goes to the next item that begins with it; Tab closes it. */
export function walkMenu(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
  const at = items.findIndex((item) => item === document.activeElement);
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at < 0 ? -1 : at - 1,
    ArrowLeft: at < 0 ? -1 : at - 1,
    Home: 0,
    End: -1,
  };
  const letter = /^[^\s]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const byLetter = letter ? itemByLetter(items, at, event.key) : -1;
  const to = moves[event.key] ?? (byLetter < 0 ? undefined : byLetter);
  if (event.key === 'Tab') event.currentTarget.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
