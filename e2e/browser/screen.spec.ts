import { expectFrames } from '../fixtures/media.ts';
import { keepUnreached, loseConnection, reachAgain, recordSockets } from '../fixtures/network.ts';
import { expect, test } from '../fixtures/test.ts';

test('a shared screen is seen until it is stopped', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await ada.shareScreen();
  await expectFrames(grace.video('Ada’s screen'), 3);
  await expectFrames(grace.video('Ada'), 3);
  await ada.press('Stop sharing');
  await expect(grace.tile('Ada’s screen')).toHaveCount(0);
  await expect(grace.tile('Ada')).toBeVisible();
});

test('a shared screen ends for all when the browser ends it', async ({ participant, person, link }) => {
  const grace = await participant('Grace');
  const ada = await person('Ada');
  // What the browser's own "Stop sharing" does: the track ends, and says so.
  await ada.page.addInitScript(() => {
    const pick = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = async (options) => {
      const stream = await pick(options);
      window.addEventListener('browser-stops-sharing', () => {
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      });
      return stream;
    };
  });
  await ada.enter(link);
  await ada.shareScreen();
  await expectFrames(grace.video('Ada’s screen'), 3);
  await ada.page.evaluate(() => window.dispatchEvent(new Event('browser-stops-sharing')));
  await expect(grace.tile('Ada’s screen')).toHaveCount(0);
  await expect(ada.controls.getByRole('button', { name: 'Share screen' })).toBeVisible();
});

test('a screen that stops being shared while the host is out of reach ends for all', async ({
  participant,
  person,
  link,
}) => {
  const grace = await participant('Grace');
  const ada = await person('Ada');
  await ada.page.addInitScript(recordSockets);
  await ada.enter(link);
  await ada.shareScreen();
  await expectFrames(grace.video('Ada’s screen'), 3);
  await keepUnreached(ada.page);
  await loseConnection(ada.page);
  await expect(grace.tile('Ada').getByRole('img', { name: 'Connection lost' })).toBeVisible();
  await ada.press('Stop sharing');
  await reachAgain(ada.page);
  await expect(grace.tile('Ada’s screen')).toHaveCount(0);
  await expectFrames(grace.video('Ada'), 3);
  await ada.shareScreen();
  await expectFrames(grace.video('Ada’s screen'), 3);
});

test('a screen is shared again after it was stopped', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  for (let times = 0; times < 2; times++) {
    await ada.shareScreen();
    await expectFrames(grace.video('Ada’s screen'), 3);
    await ada.press('Stop sharing');
    await expect(grace.tile('Ada’s screen')).toHaveCount(0);
  }
});

test('two shared screens are kept apart', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  const mary = await participant('Mary');
  await ada.shareScreen();
  await expectFrames(mary.video('Ada’s screen'), 3);
  await grace.shareScreen();
  await expectFrames(mary.video('Grace’s screen'), 3);
  await expectFrames(mary.video('Ada’s screen'), 3);
  await ada.press('Stop sharing');
  await expect(mary.tile('Ada’s screen')).toHaveCount(0);
  await expectFrames(mary.video('Grace’s screen'), 3);
});
