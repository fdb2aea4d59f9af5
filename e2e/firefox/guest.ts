import type { Browser, Page } from 'puppeteer-core';
import { askForSmallPictures, expectMoreFrames, recordConnections } from '../fixtures/media.ts';

declare global {
  interface HTMLVideoElement {
    /** Firefox only: how many frames it has painted. */
    readonly mozPaintedFrames: number;
  }
}

/** How long a page on a busy machine may take to show something, ms. */
const TIMEOUT_MS = 30_000;

/** A button by its label or its text. Puppeteer's selector by accessible name takes a second each in Firefox. */
const button = (name: string) => `button[aria-label="${name}"], button ::-p-text(${name})`;

/** Somebody in Firefox: what they see and do, by the names on the screen. */
export class FirefoxGuest {
  readonly page: Page;
  readonly name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  /** A tab with storage of its own, before a blank page. */
  static async open(browser: Browser, name: string): Promise<FirefoxGuest> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.evaluateOnNewDocument(recordConnections);
    await page.evaluateOnNewDocument(askForSmallPictures);
    return new FirefoxGuest(page, name);
  }

  /** Opens a meeting's link and joins. */
  async enter(link: string): Promise<void> {
    await this.page.goto(link);
    await this.join();
  }

  /** From pre-join into the meeting, with camera and microphone. */
  async join(): Promise<void> {
    await this.page.locator('input[autocomplete=name]').fill(this.name);
    await this.press('Join');
    await this.page.waitForSelector('main:not([inert]) nav[aria-label="Controls"]');
  }

  async press(name: string): Promise<void> {
    await this.page.locator(button(name)).click();
  }

  async shareScreen(): Promise<void> {
    await this.press('Share screen');
    await this.page.locator('[role=menuitem] ::-p-text(Text and slides)').click();
  }

  /** Writes to everyone; the chat must be open. */
  async write(text: string): Promise<void> {
    await this.page.locator('aside textarea').fill(text);
    await this.press('Send');
  }

  /** The whole text of the open chat; empty as long as it is not there. */
  chat(): Promise<string> {
    return this.page.$$eval('[role=log]', (logs) => logs.map((log) => log.textContent).join());
  }

  /** The names of all tiles. */
  tiles(): Promise<string[]> {
    return this.page.$$eval('[data-tile]', (tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));
  }

  /** Waits until the video in a tile has put so many more frames on the screen. */
  async expectFrames(tile: string, count?: number): Promise<void> {
    const video = `[data-tile][aria-label="${tile}"] video`;
    // Firefox does not count a MediaStream's frames in getVideoPlaybackQuality().
    const painted = () =>
      this.page
        .locator(video)
        .waitHandle()
        .then((found) => found.evaluate((element) => (element as HTMLVideoElement).mozPaintedFrames));
    await expectMoreFrames(painted, count);
  }

  /** Leaves; a host who leaves others behind says that this is all. */
  async leave(): Promise<void> {
    await this.press('Leave');
    const gone = 'h1 ::-p-text(You have left)';
    const confirm = '::-p-xpath(//dialog[@open]//button[normalize-space()="Leave"])';
    await this.page.waitForSelector(`${gone}, ${confirm}`);
    if (await this.page.$(confirm)) await this.page.locator(confirm).click();
    await this.page.waitForSelector(gone);
  }
}
