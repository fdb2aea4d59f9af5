/** What a host keeps in its data folder: key and certificate, the secret of its invites, its memory. */
import type { Log } from './meeting/index.ts';
import type { Store, Tokens } from './meeting/ports.ts';
import type { Certificate } from './network/certificate.ts';
import { openStore } from './store/index.ts';
import { loadTokens } from './tokens/index.ts';

export interface Kept {
  readonly certificate: Certificate;
  readonly tokens: Tokens;
  readonly store: Store;
  close(): void;
}

/**
 * @param options.certify loads the certificate, for the names it must have now
 * @throws {HostError} DATA_FOLDER_UNUSABLE, DATA_IN_USE, DATA_TOO_NEW, KEY_DAMAGED
 */
export async function openKept(options: {
  folder: string;
  certify: () => Promise<Certificate>;
  log: Log;
}): Promise<Kept> {
  const { folder, certify, log } = options;
  const certificate = await certify();
  const tokens = await loadTokens({ folder });
  const store = openStore({ folder, log });
  return { certificate, tokens, store, close: () => store.close() };
}
