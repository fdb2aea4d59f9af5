import { afterEach, describe, expect, it } from 'vitest';
import { shortcutFor, type Shortcut } from './shortcuts.ts';

const none = () => undefined;
const shortcuts: Shortcut[] = [
  { key: 'm', name: 'microphone', run: none },
  { key: 'l', shift: true, name: 'leave', run: none },
  { key: '?', name: 'help', run: none },
];

function pressed(key: string, markup = '<div class="target"></div>', init: KeyboardEventInit = {}) {
  document.body.innerHTML = markup;
  const target = document.querySelector('.target') ?? document.body;
  let found: Shortcut | undefined;
  const listen = (event: KeyboardEvent) => (found = shortcutFor(event, shortcuts));
  addEventListener('keydown', listen);
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  removeEventListener('keydown', listen);
  return found?.name;
}

afterEach(() => document.body.replaceChildren());

describe('shortcutFor', () => {
  it('finds a key, and is particular about Shift with letters only', () => {
    expect(pressed('m')).toBe('microphone');
    expect(pressed('M', undefined, { shiftKey: true })).toBeUndefined();
    expect(pressed('l')).toBeUndefined();
    expect(pressed('L', undefined, { shiftKey: true })).toBe('leave');
    expect(pressed('?')).toBe('help');
    expect(pressed('?', undefined, { shiftKey: true })).toBe('help');
  });

  it('works while a button has the focus', () => {
    expect(pressed('m', '<button class="target">Camera</button>')).toBe('microphone');
    expect(pressed('m', '<input type="radio" class="target" />')).toBe('microphone');
  });

  it.each([
    ['a field', '<input class="target" />'],
    ['a message', '<textarea class="target"></textarea>'],
    ['a menu', '<div popover="auto"><button class="target">Heart</button></div>'],
    ['a sheet', '<dialog open><button class="target">Done</button></dialog>'],
  ])('steps aside in %s', (_, markup) => {
    expect(pressed('m', markup)).toBeUndefined();
  });

  it('steps aside for the keys of the browser and for a held key', () => {
    for (const init of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }])
      expect(pressed('m', undefined, init)).toBeUndefined();
  });
});
