import { expectFrames, expectToGrow } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

/** The temporal layer of a camera that has all its frames. */
const ALL_FRAMES = 2;

test('two people see and hear each other', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
  await Promise.all([expectToGrow(ada.page, 'framesEncoded', 10), expectToGrow(grace.page, 'framesEncoded', 10)]);
  await Promise.all([expectToGrow(ada.page, 'audioEnergyHeard', 0), expectToGrow(grace.page, 'audioEnergyHeard', 0)]);
});

test('three people see and hear each other', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  const mary = await participant('Mary');
  for (const person of [ada, grace, mary]) {
    const others = ['Ada', 'Grace', 'Mary'].filter((name) => name !== person.name);
    await Promise.all(others.map((name) => expectFrames(person.video(name), 5)));
    await expectToGrow(person.page, 'audioEnergyHeard', 0);
  }
});

test('a picture that appears gets all its frames', async ({ person, participant, link }) => {
  const layers: unknown[] = [];
  const ada = await person('Ada');
  ada.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const [, told] = /"consumerLayersChanged",\{[^}]*"temporalLayer":(\d)/.exec(payload.toString()) ?? [];
      if (told) layers.push(Number(told));
    });
  });
  await ada.enter(link);
  await participant('Grace');
  await expect.poll(() => layers.at(-1)).toBe(ALL_FRAMES);
  await expectFrames(ada.video('Grace'));
});

test('who comes first sees their own picture until the next one comes', async ({ participant }) => {
  const ada = await participant('Ada');
  await expect(ada.page.getByText('Nobody else is here yet')).toBeVisible();
  await expectFrames(ada.video('Ada'));
  await participant('Grace');
  await expect(ada.tile('Grace')).toBeVisible();
  await expect(ada.page.getByText('Nobody else is here yet')).toBeHidden();
});

test('mute and camera off are shown to others, and nothing is sent meanwhile', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await expectFrames(ada.video('Grace'));

  await grace.press('Mute');
  await expect(ada.tile('Grace').getByRole('img', { name: 'Muted' })).toBeVisible();
  await grace.press('Unmute');
  await expect(ada.tile('Grace').getByRole('img', { name: 'Muted' })).toBeHidden();
  await expectToGrow(ada.page, 'audioEnergyHeard', 0);

  await grace.press('Stop camera');
  await expect(ada.video('Grace')).toBeHidden();
  await grace.press('Start camera');
  await expectFrames(ada.video('Grace'));
});

test('a raised hand and a reaction reach the others', async ({ participant }) => {
  const ada = await participant('Ada', { camera: false });
  const grace = await participant('Grace', { camera: false });
  await grace.press('React');
  await grace.page.getByRole('menuitem', { name: 'Raise hand' }).click();
  await expect(ada.tile('Grace').getByLabel('Hand raised')).toBeVisible();
  await grace.press('React');
  await grace.page.getByRole('menuitem', { name: 'Applause' }).click();
  await expect(ada.tile('Grace').getByRole('img', { name: 'Reacts with 👏' })).toBeVisible();
});

test('a name is text, whatever is in it', async ({ participant }) => {
  const name = '<img src=x onerror="document.title=1"><b>Eve</b>';
  const ada = await participant('Ada', { camera: false });
  await participant(name, { camera: false });
  await expect(ada.tile(name)).toBeVisible();
  await expect(ada.videos.getByText(name)).toBeVisible();
  await expect(ada.videos.locator('b, img[src]')).toHaveCount(0);
  await expect(ada.page).not.toHaveTitle('1');
});

test('who may not use camera and microphone comes in to watch and listen', async ({ participant, person, link }) => {
  const ada = await participant('Ada');
  const grace = await person('Grace');
  await grace.page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await grace.arrive(link);
  await expect(grace.page.getByText('Parley may not use your camera')).toBeVisible();
  await expect(grace.joinButton).toHaveText('Join to watch and listen');
  await grace.join();
  await expectFrames(grace.video('Ada'));
  await expectToGrow(grace.page, 'audioEnergyHeard', 0);
  await expect(ada.tile('Grace').getByRole('img', { name: 'Muted' })).toBeVisible();
});

test('a microphone that cannot be opened is named, in pre-join and in the meeting, and the other one goes on', async ({
  participant,
  person,
  link,
}) => {
  const ada = await participant('Ada');
  const grace = await person('Grace');
  await grace.page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints = {}) => {
      const stream = await open(constraints);
      // Another program holds this one.
      if (stream.getTracks().every(({ label }) => label !== 'Fake Audio Input 2')) return stream;
      for (const track of stream.getTracks()) track.stop();
      throw new DOMException('Could not start audio source', 'NotReadableError');
    };
  });
  await grace.arrive(link);
  const refusal = grace.page.getByText('Another program is using Fake Audio Input 2.');
  const choose = async () => {
    await grace.page.getByRole('button', { name: /^Choose the microphone: Fake Audio Input 1/ }).click();
    await grace.page.getByRole('menuitemradio', { name: 'Fake Audio Input 2' }).click();
    await expect(refusal).toBeVisible();
    await expect(grace.page.getByText('You keep using Fake Default Audio Input.')).toBeVisible();
  };
  await choose();
  await grace.join();
  await expectToGrow(ada.page, 'audioEnergyHeard', 0);
  await grace.press('More');
  await grace.page.getByRole('menuitem', { name: /Microphone/ }).click();
  await choose();
  await expectToGrow(ada.page, 'audioEnergyHeard', 0);
});
