import type { Page } from '@playwright/test';
import { expectFrames } from '../fixtures/media.ts';
import type { Person } from '../fixtures/person.ts';
import { type App, closing } from './app.ts';
import { expect, test } from './parley.ts';

/** Presses *Share screen*; resolves to the window that asks what to share. */
async function openPicker(app: App, person: Person): Promise<Page> {
  const opening = app.electron.waitForEvent('window');
  await person.press('Share screen');
  const picker = await opening;
  await expect(picker.getByRole('heading', { name: 'Share your screen' })).toBeVisible();
  return picker;
}

/** Does what closes the picker. */
const answer = (picker: Page, act: () => Promise<void>) => closing(act, picker.waitForEvent('close'));

test('a window is picked by its picture, and the guest sees it', async ({ start, person }) => {
  const app = await start();
  const { person: ada, link } = await app.host('Ada');
  const grace = await person('Grace');
  await grace.enter(link);

  const picker = await openPicker(app, ada);
  const window = picker.getByRole('list').last().getByRole('listitem').first();
  await expect(window.locator('img')).toBeVisible();
  await window.click();
  await expect(window.getByRole('radio')).toBeChecked();
  await answer(picker, () => picker.getByRole('button', { name: 'Share window' }).click());
  await expectFrames(grace.video(grace.screenOf('Ada')), 3);
  await ada.press('Stop sharing');
  await expect(grace.tile(grace.screenOf('Ada'))).toBeHidden();
});

test('the picker lists the meeting’s window, and not its own', async ({ start }) => {
  const app = await start();
  const { person: ada } = await app.host('Ada');
  const picker = await openPicker(app, ada);
  const listed = picker.getByRole('list').last();
  await expect(listed.getByText(/Parley/)).toHaveCount(1);
  await expect(listed.getByText('Share your screen')).toHaveCount(0);
});

test('a pick is cancelled, and nothing is shared', async ({ start }) => {
  const app = await start();
  const { person: ada } = await app.host('Ada');
  for (const cancel of [
    (picker: Page) => picker.getByRole('button', { name: 'Cancel', exact: true }).click(),
    (picker: Page) => picker.getByRole('button', { name: 'Close', exact: true }).click(),
    // Not press(): the window closes at the key's down, and there is nothing left whose key could go up.
    (picker: Page) => picker.keyboard.down('Escape'),
  ]) {
    const picker = await openPicker(app, ada);
    await answer(picker, () => cancel(picker));
    await expect(ada.controls.getByRole('button', { name: 'Share screen' })).toBeEnabled();
  }
});

test('the picker talks to nobody, may use no device, and has nothing else of the computer', async ({ start, host }) => {
  const app = await start();
  const { person: ada } = await app.host('Ada');
  const picker = await openPicker(app, ada);
  const has = await picker.evaluate(async (url) => {
    const refused = () => 'refused';
    return {
      own: Object.keys((window as unknown as { parleyPicker: object }).parleyPicker).sort(),
      others: ['parley', 'require', 'process', 'electron'].filter((name) => name in window),
      host: await fetch(`${url}/api/host`).then(() => 'reached', refused),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'opened', refused),
    };
  }, host.url);
  expect(has).toEqual({
    own: ['answer', 'context', 'openSettings', 'sources'],
    others: [],
    host: 'refused',
    camera: 'refused',
  });
});
