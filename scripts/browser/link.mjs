// @ts-check

/**
 * @typedef {object} MeetingLink
 * @property {string} app as the app takes it: `parley://…`
 * @property {string} web as a browser takes it: `https://…`
 * @property {string | null} fingerprint the key the host must have, base64url; null: the link names none
 */

/**
 * The link to a meeting that `text` is, an invite or one for the app; null: it is none.
 *
 * @param {string} text
 * @returns {MeetingLink | null}
 */
export function meetingLink(text) {
  const written = text.trim().replace(/^parley:/i, 'https:');
  if (!/^https:\/\//i.test(written) || !URL.canParse(written)) return null;
  const { href, pathname, hash } = new URL(written);
  if (!/^\/(r|desk)\/[\w-]+\/?$/.test(pathname)) return null;
  const named = new URLSearchParams(hash.slice(1)).get('fp') ?? '';
  return {
    app: href.replace(/^https:/, 'parley:'),
    web: href,
    fingerprint: /^[\w-]{43}$/.test(named) ? named : null,
  };
}
