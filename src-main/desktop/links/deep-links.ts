/** `parley://` links that the system passes to the app: on its command line, or to the running instance. */
import { MAX_LINK_LENGTH } from '../../../src-shared/limits.ts';
import { parseInvite } from '../../../src-shared/invite.ts';

const LINK_SCHEME = 'parley';

/**
 * The arguments of `app.setAsDefaultProtocolClient`. Windows needs the call, because its
 * installer registers no scheme. For an installed app the program is enough; in development the program is
 * Electron, which needs the app's folder as an argument.
 */
export function protocolClient({
  packaged,
  program,
  folder,
}: {
  packaged: boolean;
  program: string;
  folder: string;
}): [scheme: string, program?: string, args?: string[]] {
  return packaged ? [LINK_SCHEME] : [LINK_SCHEME, program, [folder]];
}

/** `text` if it is a `parley://` link to a meeting, else null. */
export function deepLink(text: string): string | null {
  const isLink = text.length <= MAX_LINK_LENGTH && text.startsWith(`${LINK_SCHEME}://`) && parseInvite(text) !== null;
  return isLink ? text : null;
}

/** The link on a command line, or null. All arguments are searched, because the system and Chromium add some of their own. */
export function linkFromArguments(argv: readonly string[]): string | null {
  return argv.map(deepLink).find((link) => link !== null) ?? null;
}
