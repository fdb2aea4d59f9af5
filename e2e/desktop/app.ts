/** Drives the app as a person does: the home screen, and a window for each meeting that replaces it. */
import type { ElectronApplication, Page } from '@playwright/test';
import { Person } from '../fixtures/person.ts';
import { expect } from './test.ts';

export class App {
  readonly electron: ElectronApplication;

  constructor(electron: ElectronApplication) {
    this.electron = electron;
  }

  /** The window with the home screen. */
  async home(): Promise<Page> {
    const home = this.electron.windows().at(-1) ?? (await this.electron.firstWindow());
    await expect(home.getByRole('button', { name: /^(Host a meeting|Back to your meeting)/ })).toBeVisible();
    return home;
  }

  /** Opens a meeting on this computer and joins it. @returns the person, and the link they would send */
  async host(name: string): Promise<{ person: Person; link: string }> {
    const home = await this.home();
    const page = await this.nextWindow(() => home.getByRole('button', { name: /^Host a meeting/ }).click());
    const person = new Person(page, name);
    await person.join();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    await page.keyboard.press('Escape');
    return { person, link };
  }

  /** Writes a link into the home screen and joins with it; agrees to connect to its host, unless the person has done so before. */
  async follow(link: string, { agreed = false } = {}): Promise<void> {
    const home = await this.home();
    await home.getByLabel('Join with a link').fill(link);
    await home.getByRole('button', { name: 'Join', exact: true }).click();
    if (!agreed) await this.agree(home);
  }

  /** Agrees to connect to the host that the dialog names. */
  async agree(home: Page, button = 'Open'): Promise<void> {
    await home.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  }

  /** Runs `act`, which opens another window. Resolves when that is the only one. */
  async nextWindow(act: () => Promise<unknown>): Promise<Page> {
    if (this.electron.windows().length === 0) await this.electron.firstWindow();
    const opened = await closing(act, this.electron.waitForEvent('window'));
    await expect.poll(() => this.electron.windows()).toEqual([opened]);
    return opened;
  }

  /** Resolves when the only window is one that is about to join a meeting. */
  async arrived(): Promise<void> {
    const named = (page: Page) =>
      page
        .getByLabel('Your name')
        .isVisible()
        // The window is closing.
        .catch(() => false);
    await expect.poll(() => Promise.all(this.electron.windows().map(named))).toEqual([true]);
  }

  /** Answers the app's next questions by pressing that button. */
  async answerDialogs(button: 0 | 1): Promise<void> {
    await this.electron.evaluate(({ dialog }, response) => {
      globalThis.asked = [];
      dialog.showMessageBox = (...args: unknown[]) => {
        globalThis.asked.push((args.at(-1) as { message: string }).message);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    }, button);
  }

  /** What the app has asked since {@link answerDialogs}. */
  questions(): Promise<string[]> {
    return this.electron.evaluate(() => globalThis.asked);
  }

  /** As the system's *Quit* does. */
  async quit(): Promise<void> {
    // Not at once: the app must still be there to answer.
    await this.electron.evaluate(({ app }) => void setImmediate(() => app.quit()));
  }
}

/**
 * Does what may close the window it is done in, and waits for its outcome. Playwright may not hear any more
 * that the act is done when the window is gone: only without the outcome has it failed.
 */
export async function closing<T>(act: () => Promise<unknown>, outcome: Promise<T>): Promise<T> {
  const [acted, came] = await Promise.allSettled([act(), outcome]);
  if (came.status === 'fulfilled') return came.value;
  throw acted.status === 'rejected' ? acted.reason : came.reason;
}

declare global {
  var asked: string[];
}
