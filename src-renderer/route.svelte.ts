/** Which screen this window is on, kept in step with the address and the back button. */
import { buildInvite, parseInvite, type Invite } from '../src-shared/invite.ts';

export interface RouteState {
  /** The meeting one is at; null: home. */
  invite: Invite | null;
  /** Whether the person has just opened that room. */
  opened: boolean;
  /** Counts the changes, so that opening the same meeting again begins anew. */
  count: number;
}

export interface RouteOptions {
  /** The invite the window was opened with. */
  invite: Invite | null;
  /** Whether the person has just opened that room. */
  opened?: boolean;
  /** Whether the address bar is the person's: the app's own window has none. */
  inAddress: boolean;
}

export class Route {
  #current = $state.raw<RouteState>({ invite: null, opened: false, count: 0 });
  readonly #inAddress: boolean;

  constructor({ invite, opened = false, inAddress }: RouteOptions) {
    this.#current = { invite, opened, count: 0 };
    this.#inAddress = inAddress;
  }

  get current(): RouteState {
    return this.#current;
  }

  /** Goes to a meeting; a browser goes to the page of its host. */
  toMeeting(invite: Invite, opened = false): void {
    const link = buildInvite(invite);
    if (!this.#inAddress) this.#show(invite, opened);
    else if (invite.origin !== location.origin) location.assign(link);
    else {
      history.pushState(null, '', link);
      this.#show(invite, opened);
    }
  }

  home(): void {
    if (this.#inAddress && location.pathname !== '/') history.pushState(null, '', '/');
    this.#show(null, false);
  }

  /** Begins the same meeting anew. */
  again(): void {
    this.#show(this.#current.invite, false);
  }

  /** Follows the browser's back and forward; returns the undo. */
  follow(): () => void {
    const moved = () => this.#show(parseInvite(location.href), false);
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }

  #show(invite: Invite | null, opened: boolean): void {
    this.#current = { invite, opened, count: this.#current.count + 1 };
  }
}
