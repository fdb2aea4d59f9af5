import { chromium, type Locator, type Page } from '@playwright/test';
import { expectNoViolations } from '../fixtures/axe.ts';
import { CHROMIUM } from '../fixtures/chromium.ts';
import { Desk } from '../fixtures/desk.ts';
import { expectFrames, expectToGrow } from '../fixtures/media.ts';
import type { Person } from '../fixtures/person.ts';
import { expect, test as base } from '../fixtures/test.ts';

interface DeskFixtures {
  desk: Desk;
  /** The professional, at their desk. */
  doctor: Person;
  /** A client who has come by a link of their own, with camera and microphone on, and has said so. */
  client: (name: string) => Promise<Person>;
}

const test = base.extend<DeskFixtures>({
  desk: async ({ host }, use) => {
    const desk = await Desk.open(host);
    await use(desk);
    await desk.close();
  },
  doctor: async ({ desk, person }, use) => {
    const doctor = await person('Dr. Okafor');
    await doctor.page.goto((await desk.professional()).url);
    await expect(doctor.page.getByRole('heading', { name: 'Dr. Okafor’s desk' })).toBeVisible();
    await use(doctor);
  },
  client: async ({ desk, person }, use) => {
    await use(async (name) => {
      const client = await person(name);
      await arrive(client, (await desk.client(name)).url);
      return client;
    });
  },
});

/** Opens a client's link and says that they are here. */
async function arrive({ page }: Person, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'I am here' }).click();
}

const rows = (doctor: Person, group: string): Locator =>
  doctor.page.getByRole('region', { name: group }).getByRole('listitem');
const join = (doctor: Person, name: string): Promise<void> =>
  doctor.page.getByRole('button', { name: `Join: ${name}` }).click();
const videosOf = ({ page }: Person): Locator => page.getByRole('region', { name: 'Videos' });
const remote = (someone: Person, name: string): Locator =>
  videosOf(someone).getByRole('group', { name, exact: true }).locator('video');

/** The descriptions the connections of a page have agreed on, without what candidates add to them as they come. */
const descriptions = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(() =>
    window.recordedConnections.flatMap(({ localDescription, remoteDescription }) =>
      [localDescription, remoteDescription].map((description) =>
        description?.sdp.replace(/^(a=candidate|a=end-of-candidates|a=rtcp:|c=).*$\r?\n?|(?<=^m=\w+ )\d+/gm, ''),
      ),
    ),
  );

/** The id of the track a page sends. */
const sentTrack = (page: Page, kind: 'audio' | 'video'): Promise<string | undefined> =>
  page.evaluate(
    (wanted) =>
      window.recordedConnections
        .filter(({ connectionState }) => connectionState === 'connected')
        .flatMap((connection) => connection.getSenders())
        .find(({ track }) => track?.kind === wanted)?.track?.id,
    kind,
  );

/** How bright a picture is, 0 to 255; one that is switched off is black. */
const brightness = (video: Locator): Promise<number> =>
  video.evaluate((element: HTMLVideoElement) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 9 });
    const context = canvas.getContext('2d');
    context?.drawImage(element, 0, 0, 16, 9);
    const { data = [] } = context?.getImageData(0, 0, 16, 9) ?? {};
    return Math.max(...Array.from(data).filter((_, index) => index % 4 !== 3));
  });

/** Both decode the other's picture and hear the other. */
async function expectToMeet(doctor: Person, client: Person): Promise<void> {
  await Promise.all([expectFrames(remote(doctor, client.name)), expectFrames(remote(client, 'Dr. Okafor'))]);
  await Promise.all([
    expectToGrow(doctor.page, 'framesDecoded', 10),
    expectToGrow(client.page, 'framesDecoded', 10),
    expectToGrow(doctor.page, 'audioEnergyHeard', 0),
    expectToGrow(client.page, 'audioEnergyHeard', 0),
  ]);
}

test('clients appear as they come, each once, and are called one after the other', async ({ desk, doctor, client }) => {
  await desk.client('Cy');
  await expect(rows(doctor, 'Expected')).toHaveCount(1);
  const ada = await client('Ada');
  await expect(rows(doctor, 'Waiting')).toHaveText([/^.*Ada.*Ada’s check-up.*waiting since/]);
  await expect(ada.page.getByText('Dr. Okafor knows that you are here')).toBeVisible();
  const bo = await client('Bo');
  await expect(rows(doctor, 'Waiting')).toHaveText([/Ada/, /Bo/]);

  await ada.page.goto('about:blank');
  await expect(rows(doctor, 'Waiting')).toHaveText([/Bo/]);
  await expect(rows(doctor, 'Expected')).toHaveText([/Cy/, /Ada/]);
  await ada.page.goBack();
  await ada.page.reload();
  await expect(ada.page.getByText('Dr. Okafor knows that you are here')).toBeVisible();
  await expect(rows(doctor, 'Waiting')).toHaveText([/Ada/, /Bo/]);
  await expect(rows(doctor, 'Expected')).toHaveText([/Cy/]);

  await join(doctor, 'Ada');
  await expectToMeet(doctor, ada);
  await expect(doctor.page.getByText('1 waiting', { exact: true })).toBeVisible();
  await videosOf(doctor).hover({ force: true });
  await doctor.page.getByRole('button', { name: 'People, 2' }).click();
  await expect(doctor.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveText([
    /Ada/,
    /Dr. Okafor \(you\)/,
  ]);
  await expect(doctor.page.getByRole('list', { name: 'Waiting' }).getByRole('listitem')).toHaveText([/Bo/]);
  await doctor.page.keyboard.press('Escape');
  await doctor.press('Hang up and call Bo');
  await expectToMeet(doctor, bo);
  await expect(ada.page.getByRole('heading', { name: 'Your call has ended' })).toBeVisible();

  await ada.page.getByRole('button', { name: 'Wait again' }).click();
  await expect(doctor.page.getByText('1 waiting', { exact: true })).toBeVisible();
  await bo.press('Hang up');
  await expect(doctor.page.getByText('Bo has hung up.')).toBeVisible();
  await expect(rows(doctor, 'Waiting')).toHaveText([/Ada/]);
  await expect(rows(doctor, 'Done')).toHaveText([/Bo/]);
});

test('devices are switched within the call, and nothing is negotiated anew', async ({ desk, doctor, person }) => {
  // A computer with three cameras. Chromium's second fake camera gives depth (Y16), which WebRTC does not send.
  const args = [...CHROMIUM.args, '--use-fake-device-for-media-stream=device-count=3'];
  await using browser = await chromium.launch({ ...CHROMIUM, args });
  const ada = await person('Ada', { in: browser });
  await arrive(ada, (await desk.client('Ada')).url);
  await join(doctor, 'Ada');
  await expectToMeet(doctor, ada);
  const before = await descriptions(ada.page);

  for (const kind of ['camera', 'microphone']) {
    const current = () => sentTrack(ada.page, kind === 'camera' ? 'video' : 'audio');
    const sent = await current();
    await ada.controls.hover({ force: true });
    await ada.controls.getByRole('button', { name: `Choose the ${kind}` }).click();
    await ada.page.getByRole('menuitemradio', { checked: false }).last().click();
    await expect.poll(async () => ![undefined, sent].includes(await current())).toBe(true);
  }
  await expectToMeet(doctor, ada);

  const camera = await sentTrack(ada.page, 'video');
  await ada.press('Stop camera');
  await expect.poll(() => brightness(remote(doctor, 'Ada'))).toBe(0);
  await ada.press('Start camera');
  await expect.poll(() => brightness(remote(doctor, 'Ada'))).toBeGreaterThan(0);
  expect(await sentTrack(ada.page, 'video')).toBe(camera);
  expect(await descriptions(ada.page)).toEqual(before);
});

test('a call survives a reload of either side', async ({ doctor, client }) => {
  const ada = await client('Ada');
  await join(doctor, 'Ada');
  await expectToMeet(doctor, ada);
  for (const { page } of [ada, doctor]) {
    await page.reload();
    await expectToMeet(doctor, ada);
  }
  await expect(doctor.page.getByRole('button', { name: 'Hang up', exact: true })).toBeVisible();
});

test('who opens a desk makes appointments, and withdraws them', async ({ host, person }) => {
  const doctor = await person('Dr. Okafor');
  const { page } = doctor;
  await page.goto(host.url);
  await page.getByRole('button', { name: /^Open a desk/ }).click();
  await expect(page.getByText('Nobody is expected')).toBeVisible();
  await page.getByRole('button', { name: 'New appointment' }).click();
  await page.getByLabel('Client’s name').fill('Ada');
  await page.getByLabel('Subject').fill('Check-up');
  await page.keyboard.press('Enter');
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  expect(new URL(link).pathname).toMatch(/^\/desk\//);
  // A personal link is long, and its code is to be scanned all the same: the pixels of one module across.
  const code = page.getByRole('img', { name: 'QR code of the link' });
  await expect
    .poll(() => code.evaluate((svg: SVGSVGElement) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))
    .toBe(4);
  await page.keyboard.press('Escape');
  await expect(rows(doctor, 'Expected')).toHaveText([/Ada.*Check-up.*not here yet/]);

  const ada = await person('Ada');
  await ada.page.goto(link);
  await expect(ada.page.getByRole('heading', { name: 'Check-up' })).toBeVisible();
  await ada.page.getByRole('button', { name: 'I am here' }).click();
  await join(doctor, 'Ada');
  await expectFrames(videosOf(ada).locator('video').first());
  await doctor.press('Hang up');
  await page.reload();
  await expect(rows(doctor, 'Done')).toHaveText([/Ada/]);

  await page.getByRole('button', { name: 'Personal links' }).click();
  await page.getByRole('button', { name: 'Withdraw the link for Ada' }).click();
  await expect(page.getByText(/· withdrawn$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nobody is expected')).toBeVisible();
  await ada.page.reload();
  await expect(ada.page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('a link that is no longer good, or another’s, is explained', async ({ desk, host, link, person }) => {
  const revoked = await desk.client('Ada');
  await desk.revoke(revoked);
  const elsewhere = await Desk.open(host);
  const foreign = new URL((await elsewhere.client('Ada')).url);
  foreign.pathname = `/desk/${desk.room.roomId}`;
  await elsewhere.close();
  const ada = await person('Ada');
  const refused = ada.page.getByRole('heading', { name: 'This link no longer works' });
  for (const bad of [revoked.url, foreign.href]) {
    await ada.page.goto('about:blank');
    await ada.page.goto(bad);
    await expect(refused).toBeVisible();
  }
  await ada.page.goto(new URL(`/desk/${desk.room.roomId}`, host.url).href);
  await expect(ada.page.getByRole('heading', { name: 'You need a personal link' })).toBeVisible();

  const invite = await desk.invite({ role: 'viewer', name: 'Mary Shelley' });
  const mary = await person('Mary');
  await mary.page.goto(invite.url);
  await expect(mary.page.getByLabel('Your name')).toHaveValue('Mary Shelley');
  await expect(mary.page.getByLabel('Your name')).not.toBeEditable();
  await desk.revoke(invite);
  await mary.page.reload();
  await expect(mary.page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await mary.page.goto(link);
  await mary.expectPreJoin();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a desk is open to all, ${colorScheme}`, async ({ desk, person }) => {
    const doctor = await person('Dr. Okafor', { colorScheme });
    await doctor.page.goto((await desk.professional()).url);
    await expect(doctor.page.getByText('Nobody is expected')).toBeVisible();
    await expectNoViolations(doctor.page);
    const ada = await person('Ada', { colorScheme });
    await ada.page.goto((await desk.client('Ada')).url);
    await expect(ada.page.getByRole('button', { name: 'I am here' })).toBeVisible();
    await expect(rows(doctor, 'Expected')).toHaveCount(1);
    await expectNoViolations(ada.page);
    await ada.page.getByRole('button', { name: 'I am here' }).click();
    await expect(rows(doctor, 'Waiting')).toHaveCount(1);
    for (const { page } of [doctor, ada]) await expectNoViolations(page);
    await join(doctor, 'Ada');
    await expectFrames(remote(ada, 'Dr. Okafor'), 3);
    for (const { page } of [doctor, ada]) await expectNoViolations(page);
    await doctor.press('Hang up');
    await expect(ada.page.getByRole('heading', { name: 'Your call has ended' })).toBeVisible();
    for (const { page } of [doctor, ada]) await expectNoViolations(page);
  });
}
