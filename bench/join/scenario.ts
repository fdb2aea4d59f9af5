import type { Browser, Page } from '@playwright/test';
import { bundle } from '../../e2e/fixtures/bundle.ts';
import {
  framesEncoded,
  hasEncoded,
  isReady,
  pressJoin,
  pressJoinAsSoonAsPossible,
  type Seen,
  seen,
  untilSeen,
} from './pages.ts';
import { newWindow } from '../window.ts';

/** What one join took, in ms from the click. */
export interface Join {
  /** Until the host's answer. */
  joined: number;
  /** Until the first picture of someone else is on screen. */
  firstFrame: number;
  /** Until everyone's picture is. */
  allFrames: number;
  /** Until another participant sees the first picture of the person who joins. */
  seen: number;
  /** Signalling round trips from the click to the first picture. */
  roundTrips: number;
}

/** So many frames, of all layers, and an encoder has found its pace and a page that has loaded has come to rest. */
const SETTLED = 80;
/** How often a page is asked whether it is ready, ms: what is polled with every frame is drawn with every frame. */
const POLLING = { polling: 100 };

/** Where the host serves no page: nothing runs there but what is brought along. */
const SCRIPTLESS = '/api/host';

/** Brings a blank window to where one could join, or will be able to in a moment. */
type Opener = (page: Page) => Promise<void>;

/** Parley's own window. */
const parley =
  (link: string): Opener =>
  async (page) => {
    await page.goto(link);
  };

/** The same join in a page with the videos only. */
export async function bare(link: string): Promise<Opener> {
  const script = await bundle(new URL('bare.page.ts', import.meta.url));
  return async (page) => {
    await page.goto(new URL(SCRIPTLESS, link).href);
    await page.evaluate(script);
    await page.evaluate((room) => window.prepareBare(room), roomOf(link));
  };
}

const roomOf = (link: string): string => new URL(link).pathname.split('/').at(-1) ?? '';

/**
 * A room with people in it, into which joins are measured. Everyone has a window of their own: of
 * those that share one only the one in front is drawn, and the others would see the joiner late.
 */
export class Scenario {
  readonly #browser: Browser;
  readonly #opener: Opener;
  readonly #others: number;
  readonly #probe: string;
  readonly #watcher: Page;

  private constructor(browser: Browser, opener: Opener, others: number, probe: string, watcher: Page) {
    this.#browser = browser;
    this.#opener = opener;
    this.#others = others;
    this.#probe = probe;
    this.#watcher = watcher;
  }

  /**
   * `others` people: one real client, which watches the joiner come, and light ones that only send.
   *
   * @param open how that one and the joiners get to pre-join
   */
  static async create(browser: Browser, link: string, others: number, open: Opener = parley(link)): Promise<Scenario> {
    if (others > 1) {
      const publishers = await newWindow(browser);
      await publishers.goto(new URL(SCRIPTLESS, link).href);
      await publishers.evaluate(await bundle(new URL('publishers.page.ts', import.meta.url)));
      await publishers.evaluate(([room, count]) => window.publish(room, count), [roomOf(link), others - 1] as const);
    }
    const watcher = await newWindow(browser);
    const scenario = new Scenario(
      browser,
      open,
      others,
      await bundle(new URL('probe.page.ts', import.meta.url)),
      watcher,
    );
    await scenario.#open(watcher);
    await watcher.waitForFunction(isReady, undefined, POLLING);
    await watcher.evaluate(pressJoin);
    await watcher.evaluate(untilSeen, others - 1);
    return scenario;
  }

  /** One join; `warm`: after pre-join has settled, else as soon as there is a button to press. */
  async join({ warm }: { warm: boolean }): Promise<Join> {
    await this.#watcher.evaluate(() => window.probe.reset());
    const page = await newWindow(this.#browser);
    await this.#open(page);
    if (warm) {
      await this.#settle(page);
      await page.evaluate(pressJoin);
    } else {
      await page.evaluate(pressJoinAsSoonAsPossible);
    }
    const join = await this.#measured(page, this.#others, 1);
    await this.#leave([page]);
    return join;
  }

  /** Two joins `gap` ms apart, both warm: the second one, whose pictures include the first. */
  async joinTwo(gap: number): Promise<Join> {
    const pages = [await newWindow(this.#browser), await newWindow(this.#browser)] as const;
    for (const page of pages) {
      await this.#open(page);
      await this.#settle(page);
    }
    await this.#watcher.evaluate(() => window.probe.reset());
    const [first, second] = pages;
    const pressed = await first.evaluate(pressJoin);
    await second.evaluate((at) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      setTimeout(resolve, at - performance.timeOrigin - performance.now(), undefined);
      return promise;
    }, pressed + gap);
    await second.evaluate(pressJoin);
    const join = await this.#measured(second, this.#others + 1, 2);
    await this.#leave(pages);
    return join;
  }

  async close(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async #open(page: Page): Promise<void> {
    await page.addInitScript(this.#probe);
    await this.#opener(page);
  }

  /** Resolves when pre-join is complete: everything is negotiated, and the others have begun to send. */
  async #settle(page: Page): Promise<void> {
    await page.waitForFunction(isReady, undefined, POLLING);
    const before = await this.#watcher.evaluate(framesEncoded);
    await this.#watcher.waitForFunction(hasEncoded, before + SETTLED, POLLING);
  }

  /** @param coming how many new pictures the watcher gets */
  async #measured(page: Page, pictures: number, coming: number): Promise<Join> {
    await Promise.all([page.evaluate(untilSeen, pictures), this.#watcher.evaluate(untilSeen, coming)]);
    const own: Seen = await page.evaluate(seen);
    const watcher: Seen = await this.#watcher.evaluate(seen);
    const since = (at: number | undefined) => (at ?? Number.NaN) - own.pressedAt;
    return {
      joined: since(own.joinedAt),
      firstFrame: since(own.frames[0]),
      allFrames: since(own.frames[pictures - 1]),
      seen: since(watcher.frames[coming - 1]),
      roundTrips: own.roundTripsToFrame,
    };
  }

  /** The next measurement begins when the room is as before. */
  async #leave(pages: readonly Page[]): Promise<void> {
    for (const page of pages) {
      await page.goto('about:blank');
      await page.context().close();
    }
    await this.#watcher.waitForFunction(
      (count) => document.querySelectorAll('[data-tile]').length === count,
      this.#others,
      POLLING,
    );
  }
}
