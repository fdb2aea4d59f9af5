/** Event emitters with a fixed set of events: listening for any other event throws. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { NotInStandIn, present } from './whole.ts';

type Listening = Parameters<EventEmitter['on']>;

export class Events<Name extends string> extends EventEmitter {
  readonly #owner: string;
  readonly #known: ReadonlySet<string | symbol>;

  /**
   * @param owner what messages call it, such as `app`
   * @param known all events that it emits
   */
  constructor(owner: string, known: readonly Name[]) {
    super();
    this.#owner = owner;
    // Events of Node's EventEmitter itself.
    this.#known = new Set<string | symbol>([...known, 'newListener', 'removeListener']);
    this.setMaxListeners(0);
  }

  override on(...[event, listener]: Listening): this {
    this.#check(event);
    return super.on(event, listener);
  }

  override addListener(...[event, listener]: Listening): this {
    return this.on(event, listener);
  }

  override once(...[event, listener]: Listening): this {
    this.#check(event);
    return super.once(event, listener);
  }

  /** Emits with one of Electron's preventable events. @returns whether a listener prevented it */
  isPrevented(name: Name, details: object = {}, ...rest: unknown[]): boolean {
    let defaultPrevented = false;
    const event = {
      ...details,
      get defaultPrevented() {
        return defaultPrevented;
      },
      preventDefault: () => {
        defaultPrevented = true;
      },
    };
    this.emit(name, present<Electron.Event>(`${name} event`, event), ...rest);
    return defaultPrevented;
  }

  #check(event: string | symbol): void {
    if (!this.#known.has(event)) throw new NotInStandIn(`event ${String(event)} of ${this.#owner}`);
  }
}
