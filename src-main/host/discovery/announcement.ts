import type { Log } from '../meeting/index.ts';
import { Announcer, type AnnouncerOptions } from './announcer.ts';
import { MulticastSockets, type Receive } from './multicast.ts';

export type AnnouncementOptions = Omit<AnnouncerOptions, 'connect' | 'random'> & { readonly log: Log };

/** The announcement of a host, which its person may switch on and off. Sends nothing until it is switched on. */
export class Announcement {
  readonly #options: AnnouncementOptions;
  #announcer: Announcer | null = null;
  /** One change after the other. */
  #changing: Promise<void> = Promise.resolve();

  constructor(options: AnnouncementOptions) {
    this.#options = options;
  }

  /** Resolves when the first question was sent, or the goodbye. */
  set(on: boolean): Promise<void> {
    return this.#change(async () => {
      if (on === (this.#announcer !== null)) return;
      const announcer = this.#announcer ?? this.#create();
      this.#announcer = on ? announcer : null;
      await (on ? announcer.refresh() : announcer.close());
    });
  }

  /** The host's addresses, its networks or its key have changed. */
  refresh(): Promise<void> {
    return this.#change(() => this.#announcer?.refresh());
  }

  #create(): Announcer {
    const { interfaces, log } = this.#options;
    const connect = (receive: Receive) => new MulticastSockets({ interfaces, log, receive });
    return new Announcer({ ...this.#options, connect });
  }

  #change(work: () => Promise<void> | undefined): Promise<void> {
    const changed = this.#changing.then(work).catch((error: unknown) => {
      this.#options.log.error('The host could not be announced', { error });
    });
    this.#changing = changed;
    return changed;
  }
}
