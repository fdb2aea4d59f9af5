/** What the example decides by; its tests change it while it runs. */
export interface Rules {
  /** SHA-256 of the certificate it accepts, as Electron writes fingerprints. */
  pin: string | null;
  mayUseDevices: boolean;
  /** What to share: a source whose name begins so; null: the person cancels. */
  share: string | null;
  mayClose: boolean;
  /** What it has been asked and told. */
  log: string[];
}
