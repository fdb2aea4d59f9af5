/** The app's own dialogs. They are not part of the page, because they concern the window itself. */
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import { appText } from './app-text.ts';

export class Dialogs {
  readonly #dialog: Pick<Dialog, 'showMessageBox' | 'showErrorBox'>;
  readonly #locale: () => string;

  /** @param locale the system's, such as `es-MX`; known once the app is ready */
  constructor(dialog: Pick<Dialog, 'showMessageBox' | 'showErrorBox'>, locale: () => string) {
    this.#dialog = dialog;
    this.#locale = locale;
  }

  /** Whether to end the meeting for that many others, and quit. */
  endFor(guests: number, window: BrowserWindow | null): Promise<boolean> {
    const text = appText(this.#locale());
    return this.#ask(window, text.endFor(guests), text.endDetail, [text.endAndQuit, text.stay]);
  }

  /** Whether to leave the meeting for another one. */
  leave(window: BrowserWindow | null): Promise<boolean> {
    const text = appText(this.#locale());
    return this.#ask(window, text.leaveFor, text.leaveDetail, [text.leave, text.stay]);
  }

  /** For errors before there is a window. */
  startFailed(): void {
    this.#dialog.showErrorBox('Parley', appText(this.#locale()).startFailed);
  }

  /** The app does not run without the sandbox. */
  noSandbox(): void {
    this.#dialog.showErrorBox('Parley', appText(this.#locale()).noSandbox);
  }

  /** True: the first of the two buttons. Enter and Escape choose the second, which changes nothing. */
  async #ask(window: BrowserWindow | null, message: string, detail: string, buttons: [string, string]) {
    const options: MessageBoxOptions = { type: 'question', message, detail, buttons, defaultId: 1, cancelId: 1 };
    const asked = window ? this.#dialog.showMessageBox(window, options) : this.#dialog.showMessageBox(options);
    return (await asked).response === 0;
  }
}
