import type { Bridge, HomePlace, HostRequest, Theme } from '../../src-shared/ipc.ts';
import { valueOf } from './bridge.ts';
import { Picker } from './picker.svelte.ts';

/** The app around the page: what it does at home, and its picker. */
export class Shell {
  readonly #bridge: Bridge;
  readonly picker: Picker;
  /** What home is to show; null in a meeting's window. */
  readonly home: HomePlace | null;

  constructor(bridge: Bridge, home: HomePlace | null) {
    this.#bridge = bridge;
    this.picker = new Picker(bridge);
    this.home = home;
  }

  /** Opens a meeting on this computer, in a window that takes this one's place. @throws {ShellFailure} HOST_FAILED, or why it does not start */
  async host(room: HostRequest): Promise<void> {
    await valueOf(this.#bridge.host(room));
  }

  /** Opens the meeting a link leads to, in a window that takes this one's place. @throws {ShellFailure} NOT_A_LINK, UNREACHABLE, KEY_CHANGED */
  async join(link: string): Promise<void> {
    await valueOf(this.#bridge.join({ link }));
  }

  goHome(): void {
    void this.#bridge.goHome();
  }

  setTheme(theme: Theme): void {
    void this.#bridge.setTheme({ theme });
  }
}
