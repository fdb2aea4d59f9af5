/**
 * The app's own schemes. Chromium takes no new scheme at run time, so `app://parley/x` is
 * `https://parley.app.localhost/x` in it: a secure context with an origin of its own, never resolved,
 * because the stand-in answers every request for it.
 */
import type * as Electron from 'electron';
import { NotInStandIn, present } from '../whole.ts';

const schemes = new Set<string>();

/** The privileges that an `https` address has as well; it has them even if the app does not ask for them. */
const ASSUMED = ['standard', 'secure', 'supportFetchAPI'] as const;

export const protocol = present<Electron.Protocol>('protocol', {
  registerSchemesAsPrivileged(customSchemes) {
    for (const { scheme, privileges = {} } of customSchemes) {
      const lacking = ASSUMED.find((privilege) => !privileges[privilege]);
      if (lacking) throw new NotInStandIn(`scheme that is not ${lacking} (${scheme})`);
      schemes.add(scheme);
    }
  },
});

export function isOwnScheme(scheme: string): boolean {
  return schemes.has(scheme);
}

/** What requests for a scheme look like, as `Fetch.enable` has it. */
export function ownAddressPatterns(): { urlPattern: string }[] {
  return [...schemes].map((scheme) => ({ urlPattern: `https://*.${scheme}.localhost/*` }));
}

/** `app://parley/x` → `https://parley.app.localhost/x`; other addresses as they are. */
export function toWeb(address: string): string {
  return address.replace(/^([a-z][\w+.-]*):\/\/([\w.-]+)/, (whole, scheme: string, host: string) =>
    schemes.has(scheme) ? `https://${host}.${scheme}.localhost` : whole,
  );
}

/** The reverse of `toWeb`. */
export function toApp(address: string): string {
  return address.replace(
    /^https:\/\/([\w.-]+)\.([\w+-]+)\.localhost(?=[/?#]|$)/,
    (whole, host: string, scheme: string) => (schemes.has(scheme) ? `${scheme}://${host}` : whole),
  );
}

/** Protocol and host of an app address, as Electron's origins are written. */
export function appOrigin(address: string): string {
  return /^[^:]+:\/\/[^/?#]*/.exec(address)?.[0] ?? 'null';
}
