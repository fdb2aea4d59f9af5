/** The questions the app asks outside its page, because they are about the window itself. */
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import { dialogWords } from '../words.ts';

export class Dialogs {
  readonly #dialog: Pick<Dialog, 'showMessageBox'>;
  readonly #locale: () => string;

  /** @param locale the system's, such as `es-MX`; known once the app is ready */
  constructor(dialog: Pick<Dialog, 'showMessageBox'>, locale: () => string) {
    this.#dialog = dialog;
    this.#locale = locale;
  }

  /** Whether to end the meeting for that many others, and quit. */
  endFor(guests: number, window: BrowserWindow | null): Promise<boolean> {
    const words = dialogWords(this.#locale());
    return this.#ask(window, words.endFor(guests), words.endDetail, [words.endAndQuit, words.stay]);
  }

  /** Whether to leave the meeting for another one. */
  leave(window: BrowserWindow | null): Promise<boolean> {
    const words = dialogWords(this.#locale());
    return this.#ask(window, words.leaveFor, words.leaveDetail, [words.leave, words.stay]);
  }

  /** True: the first of the two buttons. Enter and Escape choose the second, which changes nothing. */
  async #ask(window: BrowserWindow | null, message: string, detail: string, buttons: [string, string]) {
    const options: MessageBoxOptions = { type: 'question', message, detail, buttons, defaultId: 1, cancelId: 1 };
    const asked = window ? this.#dialog.showMessageBox(window, options) : this.#dialog.showMessageBox(options);
    return (await asked).response === 0;
  }
}
