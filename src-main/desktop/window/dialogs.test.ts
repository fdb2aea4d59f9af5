import type { Dialog, MessageBoxOptions } from 'electron';
import { expect, it } from 'vitest';
import { Dialogs } from './dialogs.ts';

/** A dialog whose person presses the button of that index. */
function answering(response: number, locale = 'en-GB') {
  const asked: MessageBoxOptions[] = [];
  const showMessageBox: Dialog['showMessageBox'] = (...args: unknown[]) => {
    asked.push(args.at(-1) as MessageBoxOptions);
    return Promise.resolve({ response, checkboxChecked: false });
  };
  return { asked, dialogs: new Dialogs({ showMessageBox, showErrorBox: () => undefined }, () => locale) };
}

it.each([
  [1, 'en-GB', 'End the meeting for 1 other person?'],
  [12, 'de', 'End the meeting for 12 other people?'],
  [2, 'es-MX', '¿Terminar la reunión para 2 personas más?'],
])('says for how many the meeting ends (%i, %s)', async (guests, locale, message) => {
  const { asked, dialogs } = answering(0, locale);
  expect(await dialogs.endFor(guests, null)).toBe(true);
  expect(asked).toMatchObject([{ message }]);
});

it('takes Enter and Escape for no', async () => {
  const { asked, dialogs } = answering(1);
  expect(await dialogs.endFor(3, null)).toBe(false);
  expect(await dialogs.leave(null)).toBe(false);
  for (const options of asked) expect(options).toMatchObject({ defaultId: 1, cancelId: 1 });
});
