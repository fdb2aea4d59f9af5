/** The end of a name that only says what it is the name of. */
const SUFFIX = /\.(local|lan|home|localdomain|internal|fritz\.box)$/i;

/**
 * What people may know this computer as, where nobody has said: its own name, or its person's where
 * that says nothing.
 */
export function computerName({ hostname, username }: { hostname: string; username: string }): string {
  const name = hostname.replace(SUFFIX, '').replaceAll(/[-_]+/g, ' ').trim();
  if (name !== '' && !/^(localhost|[\da-f]{12})$/i.test(name)) return name.slice(0, 64);
  const person = username.charAt(0).toUpperCase() + username.slice(1);
  return `${person}’s computer`;
}
