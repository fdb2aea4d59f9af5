import { RECOVERY_MS } from '../../src-shared/limits.ts';
import { Host } from '../fixtures/host.ts';
import { expectFrames, expectOtherConnections, expectToGrow, traffic } from '../fixtures/media.ts';
import { cutOff, loseConnection, recordSockets, restore } from '../fixtures/network.ts';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** A second of the camera's own beeps adds ten times this to the energy heard. */
const SILENCE = 0.01;

/** That `listener` goes on seeing `name`, who is shown as muted, and has never heard anything of them. */
async function expectSilence(listener: Person, name: string): Promise<void> {
  await expect(listener.tile(name).getByRole('img', { name: 'Muted' })).toBeVisible();
  await expectFrames(listener.video(name), 20);
  expect((await traffic(listener.page)).audioEnergyHeard).toBeLessThan(SILENCE);
}

test('who is muted stays muted, whatever breaks and comes back', async ({ person }) => {
  const host = await Host.start();
  try {
    const { url } = await host.createRoom();
    const ada = await person('Ada');
    const grace = await person('Grace');
    await ada.page.addInitScript(recordSockets);
    await grace.enter(url);
    await ada.arrive(url);
    await ada.page.getByRole('group', { name: 'Microphone' }).getByRole('button', { name: 'Mute' }).click();
    await ada.join();
    await expectSilence(grace, 'Ada');

    await loseConnection(ada.page);
    await expectSilence(grace, 'Ada');

    await expectOtherConnections([ada.page, grace.page], () => host.killMedia());
    await expectSilence(grace, 'Ada');
    await expectFrames(ada.video('Grace'), 20);

    await ada.page.reload();
    await ada.expectPreJoin();
    await ada.join();
    await expectSilence(grace, 'Ada');

    await ada.press('Unmute');
    await expectToGrow(grace.page, 'audioEnergyHeard', 2 * SILENCE);
  } finally {
    await host.dispose();
  }
});

test('a media process that dies is replaced, and nobody reloads', async ({ person }) => {
  const host = await Host.start();
  try {
    const { url } = await host.createRoom();
    const ada = await person('Ada');
    const grace = await person('Grace');
    await ada.enter(url);
    await grace.enter(url);
    await expectFrames(ada.video('Grace'));
    await expectOtherConnections([ada.page, grace.page], () => host.killMedia());
    await Promise.all([expectFrames(ada.video('Grace'), 20), expectFrames(grace.video('Ada'), 20)]);
  } finally {
    await host.dispose();
  }
});

test('who was offline for longer than the recovery window rejoins without help', async ({ participant }) => {
  test.setTimeout(120_000 + RECOVERY_MS);
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await expectFrames(ada.video('Grace'));
  await cutOff(grace.page);
  await expect(ada.tile('Grace').getByRole('img', { name: 'Connection lost' })).toBeVisible();
  await expect(ada.tile('Grace')).toHaveCount(0, { timeout: RECOVERY_MS + 15_000 });
  await restore(grace.page);
  await expect(ada.tile('Grace')).toBeVisible();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
});

test('who presses Join while cut off is in once the host is reached again', async ({ participant, person, link }) => {
  const ada = await participant('Ada');
  const grace = await person('Grace');
  await grace.arrive(link);
  await grace.page.getByLabel('Your name').fill('Grace');
  await cutOff(grace.page);
  await grace.joinButton.click();
  await restore(grace.page);
  await grace.expectJoined();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
});
