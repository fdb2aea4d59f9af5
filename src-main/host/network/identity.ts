import type { HostIdentity } from '../gateways/access.ts';
import type { HostAddresses } from './host-addresses.ts';
import type { HostCertificate } from './host-certificate.ts';
import { urlHost } from './names.ts';

export interface IdentityOptions {
  readonly name: string;
  readonly version: string;
  readonly addresses: HostAddresses;
  readonly certificate: HostCertificate;
  /** An origin that links say instead of an address of the host. */
  readonly publicUrl?: string | undefined;
  /** The TLS port, once it is open. */
  readonly port: () => number;
}

/** What the host says of itself, as it is now. */
export function createIdentity(options: IdentityOptions): HostIdentity {
  const { name, version, addresses, certificate, publicUrl, port } = options;
  return {
    name,
    version,
    keyInLinks: !certificate.isIssued,
    get fingerprint() {
      return certificate.current.fingerprint;
    },
    get url() {
      const host = certificate.linkHost(addresses.announced.map(({ address }) => address));
      return publicUrl ?? `https://${urlHost(host)}:${port()}`;
    },
  };
}
