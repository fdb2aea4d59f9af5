/** Who may speak to the host at all; implemented in `network/`, asked by every gateway first. */
export interface Access {
  /** Whether a `Host` header names this host (against DNS rebinding). */
  hostAllowed(host: string | undefined): boolean;
  /**
   * Whether an `Origin` header may call: absent, the host's own, the app's, or one configured.
   *
   * @param host the request's `Host` header, already allowed
   */
  originAllowed(origin: string | undefined, host: string): boolean;
  /** Whether someone connecting from `remoteAddress` is at this very computer. */
  isOwn(remoteAddress: string): boolean;
  /** Whether someone connecting from `remoteAddress` is on a network that this computer is part of. */
  isOnOwnNetwork(remoteAddress: string): boolean;
  /** Whether someone connecting from `remoteAddress` may make a room here. */
  mayCreateRooms(remoteAddress: string): boolean;
  /** Counts one HTTP request or new socket of an address. False: too many just now. */
  takeRequest(remoteAddress: string): boolean;
}

/** What the host says of itself; the addresses may change while it runs. */
export interface HostIdentity {
  /** The computer's name as its people know it. */
  readonly name: string;
  readonly version: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  readonly fingerprint: string;
  /** Whether links contain the key: not if a CA has issued the certificate. */
  readonly keyInLinks: boolean;
  /** `https://address:port` that others can reach. */
  readonly url: string;
}

/** What a link contains about its host. */
export function hostOf({ url, fingerprint, keyInLinks }: HostIdentity): { origin: string; fingerprint?: string } {
  return { origin: url, ...(keyInLinks && { fingerprint }) };
}
