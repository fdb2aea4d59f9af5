import { stringify } from 'smol-toml';
import type { Resolved } from './resolve.ts';
import { SETTING_NAMES, SETTINGS } from './table.ts';

/** What counts, as a config file, with where each value comes from; what nobody has set is a comment. */
export function printConfig({ settings, origins }: Resolved): string {
  const lines = SETTING_NAMES.map((name) => {
    const value = settings[name];
    if (value === undefined) return `# ${name}: not set (${SETTINGS[name].otherwise})`;
    const written = SETTINGS[name].secret ? `${name} = "…"` : stringify({ [name]: value }).trimEnd();
    return `${written}  # from ${origins[name]}`;
  });
  return `${lines.join('\n')}\n`;
}
