import { isLoopback, plainAddress } from '../address.ts';
import type { Clock, Log } from '../meeting/index.ts';
import { type Certificate, certificateNames, loadCertificate } from './certificate.ts';
import { type CertificateFiles, readCertificateFiles } from './certificate-files.ts';

/** How often a certificate of the host's own is looked at, ms: it is renewed a month before it expires. */
export const RENEWAL_LOOK_MS = 12 * 60 * 60_000;
/** How often the files of a certificate from elsewhere are looked at, ms. Watching them would miss replaced symbolic links. */
export const FILES_LOOK_MS = 10_000;

export interface HostCertificateOptions {
  /** Where a certificate of the host's own is kept. */
  readonly folder: string;
  /** The names that a certificate of the host's own must be for, as they are now. */
  readonly names: () => readonly string[];
  /** A certificate from elsewhere, instead of one of the host's own. */
  readonly files?: CertificateFiles | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** The certificate that the host shows, also after its names, its time or its files have changed. */
export class HostCertificate {
  readonly #options: HostCertificateOptions;
  #current: Certificate;
  /** Why the files could not be used at the last look; null: they could. */
  #refused: string | null = null;
  #following: Promise<void> = Promise.resolve();

  private constructor(options: HostCertificateOptions, current: Certificate) {
    this.#options = options;
    this.#current = current;
  }

  /** @throws {HostError} DATA_FOLDER_UNUSABLE, KEY_DAMAGED, CERTIFICATE_UNUSABLE */
  static async open(options: HostCertificateOptions): Promise<HostCertificate> {
    return new HostCertificate(options, await load(options));
  }

  get current(): Certificate {
    return this.#current;
  }

  /** Whether a CA has issued it, so that links need not contain the key. */
  get isIssued(): boolean {
    return this.#options.files !== undefined;
  }

  /** The names it is for, where it is not the host's own; `*.` stands for one label. */
  get issuedNames(): readonly string[] {
    return this.isIssued ? certificateNames(this.#current.cert) : [];
  }

  /**
   * What links call the host by: the first of its addresses that the certificate is for, else the first
   * name of the certificate that others can use.
   *
   * @param addresses of the host, best first
   */
  linkHost(addresses: readonly string[]): string {
    const [best = '127.0.0.1'] = addresses;
    if (!this.isIssued) return best;
    const names = this.issuedNames.map(plainAddress);
    const usable = names.filter((name) => !name.startsWith('*.') && name !== 'localhost' && !isLoopback(name));
    return addresses.find((address) => names.includes(address)) ?? usable[0] ?? best;
  }

  /**
   * Loads it again. What cannot be loaded is logged, and what there was stays.
   *
   * @param use called if it has changed
   */
  refresh(use: (certificate: Certificate) => void): Promise<void> {
    this.#following = this.#following.then(() => this.#refresh(use));
    return this.#following;
  }

  /** Refreshes it from time to time. @returns ends that */
  watch(use: (certificate: Certificate) => void): () => void {
    let over = false;
    let cancel = (): void => undefined;
    const lookLater = () => {
      if (over) return;
      cancel = this.#options.clock.after(this.isIssued ? FILES_LOOK_MS : RENEWAL_LOOK_MS, () => {
        void this.refresh(use).then(lookLater);
      });
    };
    lookLater();
    return () => {
      over = true;
      cancel();
    };
  }

  async #refresh(use: (certificate: Certificate) => void): Promise<void> {
    const { log } = this.#options;
    try {
      const loaded = await load(this.#options);
      this.#refused = null;
      if (loaded.cert === this.#current.cert && loaded.key === this.#current.key) return;
      this.#current = loaded;
      use(loaded);
      log.info('The certificate has been replaced', { fingerprint: loaded.fingerprint });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // Once, not at every look.
      if (why !== this.#refused) log.error('The certificate could not be replaced', { error });
      this.#refused = why;
    }
  }
}

function load({ folder, names, files, clock }: HostCertificateOptions): Promise<Certificate> {
  return files
    ? readCertificateFiles(files, clock.now())
    : loadCertificate({ folder, names: names(), now: clock.now() });
}
