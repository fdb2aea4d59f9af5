import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { expectToGrow, recordConnections } from '../fixtures/media.ts';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** The client of docs/protocol.md, served from an origin of its own as its readers do. */
let examples: Examples;

test.beforeAll(async () => {
  examples = await serveExamples();
});

test.afterAll(() => examples.close());

test('the hundred lines of the example meet a Parley window: pictures, sound and chat both ways', async ({
  browser,
}) => {
  const host = await Host.start({ more: ['--allow-origin', examples.origin] });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'] });
  try {
    await context.addInitScript(recordConnections);
    const { url } = await host.createRoom();
    const ada = new Person(await context.newPage(), 'Ada');
    await ada.enter(url);

    const example = await context.newPage();
    await example.goto(`${examples.origin}/client/`);
    await example.getByLabel('Link').fill(url);
    await example.getByLabel('Name').fill('Exa');
    await example.getByRole('button', { name: 'Join' }).click();
    await expect(example.getByRole('status')).toHaveText('You are in Morning round.');
    for (const page of [ada.page, example]) {
      await expectToGrow(page, 'framesDecoded', 10);
      await expectToGrow(page, 'audioEnergyHeard', 0);
    }

    await ada.openChat();
    await ada.write('Hello, example');
    await expect(example.getByRole('list', { name: 'Chat' })).toContainText('Ada: Hello, example');
    await example.getByLabel('Message').fill('Hello, window');
    await example.getByRole('button', { name: 'Send' }).click();
    await expect(ada.message('Hello, window')).toBeVisible();

    await host.stop();
    await expect(example.getByRole('status')).toHaveText('The host has ended the meeting.');
  } finally {
    await context.close();
    await host.dispose();
  }
});
