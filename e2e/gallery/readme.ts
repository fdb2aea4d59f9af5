/**
 * Takes the pictures of README.md into docs/pictures: the real app on a real host, with drawn people
 * before the cameras. `node e2e/gallery/readme.ts` with Node 22.18 or later, which runs
 * TypeScript files, after a build; the worker is MEDIASOUP_WORKER_BIN's.
 */
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { bundle } from '../fixtures/bundle.ts';
import { CHROMIUM } from '../fixtures/chromium.ts';
import { Host } from '../fixtures/host.ts';
import { Person } from '../fixtures/person.ts';

const PICTURES = join(import.meta.dirname, '../../docs/pictures');
const PEOPLE = ['Tomas Berg', 'Priya Nair', 'Jonas Lindqvist', 'Amina Diallo', 'Mira Okafor'];
const take = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

const browser = await chromium.launch(CHROMIUM);
const host = await Host.start({ more: ['--name', 'Jonas’s computer'] });
try {
  const cameras = await bundle(new URL('cameras.page.ts', import.meta.url));
  const { url } = await host.createRoom('Season plan');
  const people: Person[] = [];
  for (const [index, name] of PEOPLE.entries()) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      permissions: ['camera', 'microphone'],
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
    });
    await context.addInitScript((seed) => {
      window.name = String(seed);
    }, index);
    await context.addInitScript(cameras);
    const person = new Person(await context.newPage(), name);
    people.push(person);
    await person.arrive(url);
    await person.page.getByLabel('Your name').fill(name);
    if (index === PEOPLE.length - 1) await take(person.page, 'prejoin');
    await person.join();
  }
  const [tomas, priya, jonas, , mira] = people;
  if (!tomas || !priya || !jonas || !mira) throw new Error('somebody is missing');
  await priya.page.keyboard.press('h');
  await tomas.press('Mute');
  for (const name of PEOPLE.slice(0, -1)) {
    await mira.video(name).evaluate((video: HTMLVideoElement) => video.play());
    await mira.page.waitForFunction((count) => {
      const videos = [...document.querySelectorAll('video')];
      return videos.length >= count && videos.every(({ videoWidth }) => videoWidth >= 320);
    }, PEOPLE.length);
  }
  await mira.page.mouse.move(640, 300);
  await take(mira.page, 'meeting');

  await jonas.shareScreen();
  await mira.openChat();
  await jonas.openChat();
  await jonas.write('Plan is on the screen. Say stop when I go too fast.');
  await mira.write('The spare compressor is booked for the 8th.');
  await mira.page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => video.videoWidth > 1000),
  );
  await take(mira.page, 'share');
} finally {
  await browser.close();
  await host.dispose();
}
