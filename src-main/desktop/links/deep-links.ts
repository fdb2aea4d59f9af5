/** Links the system hands to the app: on its command line, or to the instance that already runs. */
import { MAX_LINK_LENGTH } from '../../../src-shared/limits.ts';
import { parseInvite } from '../../../src-shared/invite.ts';

const LINK_SCHEME = 'parley';

/**
 * The arguments of `app.setAsDefaultProtocolClient`. Windows needs the call: its installer registers no
 * scheme. Installed, the program is enough; in development it is Electron, which needs the app's folder.
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

/** `text` when it is a `parley://` link to a meeting. */
export function deepLink(text: string): string | null {
  const isLink = text.length <= MAX_LINK_LENGTH && text.startsWith(`${LINK_SCHEME}://`) && parseInvite(text) !== null;
  return isLink ? text : null;
}

/** The link on a command line. The system and Chromium add arguments of their own around it, so all of them are searched. */
export function linkFromArguments(argv: readonly string[]): string | null {
  return argv.map(deepLink).find((link) => link !== null) ?? null;
}
