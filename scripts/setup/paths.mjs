// @ts-check
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the set-up keeps for itself inside the checkout: locks and logs. */
export const WORKPLACE = join(ROOT, '.cache');

/** A path inside the checkout's node_modules. @param {...string} parts */
export const installed = (...parts) => join(ROOT, 'node_modules', ...parts);

/**
 * Where this user's programs keep what they can make again.
 *
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string }} machine
 */
export function cacheFolder({ platform, env, home }) {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'parley', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'parley');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'parley');
}

/** {@link cacheFolder} of this machine. */
export const CACHE = cacheFolder({ platform: process.platform, env: process.env, home: homedir() });
