/** Links the system hands to the app: on its command line, or to the instance that already runs. */
import { MAX_LINK_LENGTH } from '../../../src-shared/limits.ts';
import { parseInvite } from '../../../src-shared/invite.ts';

const LINK_SCHEME = 'parley';

/** `text` when it is a `parley://` link to a meeting. */
export function deepLink(text: string): string | null {
  const isLink = text.length <= MAX_LINK_LENGTH && text.startsWith(`${LINK_SCHEME}://`) && parseInvite(text) !== null;
  return isLink ? text : null;
}

/** The link on a command line. The system and Chromium add arguments of their own around it, so its place says nothing. */
export function linkFromArguments(argv: readonly string[]): string | null {
  return argv.map(deepLink).find((link) => link !== null) ?? null;
}
