import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { expectFrames, expectOtherConnections, expectToGrow, recordConnections } from '../fixtures/media.ts';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** The page of docs/http-api.md, served from an origin of its own as its readers do. */
let examples: Examples;

test.beforeAll(async () => {
  examples = await serveExamples();
});

test.afterAll(() => examples.close());

test('the page over HTTP meets a Parley window: pictures and sound both ways, and who comes and goes', async ({
  browser,
}) => {
  const host = await Host.start({ more: ['--allow-origin', examples.origin] });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'] });
  try {
    await context.addInitScript(recordConnections);
    const { url } = await host.createRoom();
    const example = await context.newPage();
    await example.goto(`${examples.origin}/http/`);
    await example.getByLabel('Link').fill(url);
    await example.getByLabel('Name').fill('Exa');
    await example.getByRole('button', { name: 'Join' }).click();
    await expect(example.getByRole('status')).toHaveText('You are in.');

    const ada = new Person(await context.newPage(), 'Ada');
    await ada.enter(url);
    await expect(ada.tile('Exa')).toBeVisible();
    await expect(example.getByLabel('Ada: camera')).toHaveCount(1);
    for (const page of [ada.page, example]) {
      await expectToGrow(page, 'framesDecoded', 10);
      await expectToGrow(page, 'audioEnergyHeard', 0);
    }

    const stopSharing = async () => {
      await example.getByRole('button', { name: 'Stop sharing' }).click();
      await expect(ada.tile('Exa’s screen')).toHaveCount(0);
      await expectFrames(ada.video('Exa'));
    };
    await example.getByRole('button', { name: 'Share screen' }).click();
    await expectFrames(ada.video('Exa’s screen'), 3);
    await stopSharing();

    await example.getByRole('button', { name: 'Share screen' }).click();
    await expectFrames(ada.video('Exa’s screen'), 3);
    await expectOtherConnections([example, ada.page], () => host.killMedia());
    // The example joins again as a new attendee, and sends every stream of its list.
    await expect(example.getByRole('status')).toHaveText('You are in.');
    for (const name of ['Exa', 'Exa’s screen']) {
      await expect(ada.tile(name)).toHaveCount(1);
      await expectFrames(ada.video(name), 3);
    }
    await expectFrames(example.getByLabel('Ada: camera'), 3);
    await stopSharing();

    const happened = example.getByRole('list', { name: 'What happened' });
    await ada.press('Mute');
    await expect(happened).toContainText('producerPaused Ada');
    await ada.leave();
    await expect(happened).toContainText('userLeft Ada');
    await expect(example.getByLabel('Ada: camera')).toHaveCount(0);

    await host.stop();
    await expect(example.getByRole('status')).toHaveText('The host has ended the meeting.');
  } finally {
    await context.close();
    await host.dispose();
  }
});
