import type {
  Bridge,
  Discovery,
  HomeContext,
  HostRequest,
  JoinConsent,
  LinkedHost,
  NearbyComputers,
  Theme,
} from '../../src-shared/ipc.ts';
import { valueOf } from './bridge.ts';

/** What the page may ask of the desktop app. */
export class Desktop {
  readonly #bridge: Bridge;
  /** What the home screen shows; null in a meeting's window. */
  readonly home: HomeContext | null;

  constructor(bridge: Bridge, home: HomeContext | null) {
    this.#bridge = bridge;
    this.home = home;
  }

  /** Opens a meeting on this computer, in a window that replaces this one. @throws {DesktopFailure} HOST_FAILED, or why it does not start */
  async host(room: HostRequest): Promise<void> {
    await valueOf(this.#bridge.host(room));
  }

  /** The host a link leads to; nothing is sent there. @throws {DesktopFailure} NOT_A_LINK */
  hostOfLink(link: string): Promise<LinkedHost> {
    return valueOf(this.#bridge.hostOfLink({ link }));
  }

  /**
   * Opens the meeting a link leads to, in a window that replaces this one.
   *
   * @param consent what the person agreed to just now
   * @throws {DesktopFailure} NOT_A_LINK, CONSENT_REQUIRED, UNREACHABLE, KEY_CHANGED, KEY_UNCONFIRMED
   */
  async join(link: string, consent?: JoinConsent): Promise<void> {
    await valueOf(this.#bridge.join({ link, ...(consent && { consent }) }));
  }

  /** The hosts on the local network now; null: the app does not look for them. @throws {DesktopFailure} */
  nearby(): Promise<NearbyComputers | null> {
    return valueOf(this.#bridge.nearby());
  }

  /** @throws {DesktopFailure} it could not be stored */
  async setDiscovery(discovery: Discovery): Promise<void> {
    await valueOf(this.#bridge.setDiscovery(discovery));
  }

  goHome(): void {
    void this.#bridge.goHome();
  }

  /** @param language `system` or a BCP 47 tag */
  setAppearance(theme: Theme, language: string): void {
    void this.#bridge.setAppearance({ theme, language });
  }
}
