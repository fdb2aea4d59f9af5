/** What a setting is, and how its value is read from text. */

/** One setting. Its name is the option without `--` and the key in the config file; {@link variableOf} its variable. */
export interface Setting {
  /** `path`: in a config file it is relative to that file's folder. `list`: several values. */
  readonly kind: 'number' | 'text' | 'path' | 'list' | 'switch';
  /** What one value is, after "takes". */
  readonly expected: string;
  /** What stands for a value in `--help`; a switch has none. */
  readonly argument?: string;
  /** What the setting is, without an end, for `--help` and docs/hosting.md. */
  readonly help: string;
  /** What counts where nobody has set it, in words. */
  readonly otherwise: string;
  /** `--print-config` does not show its value. */
  readonly secret?: true;
}

/** The environment variable of a setting: `media-port` is `PARLEY_MEDIA_PORT`. */
export function variableOf(name: string): string {
  return `PARLEY_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** A value as its schema expects it, from the text of an option or a variable; text that does not fit stays text. */
export function fromText(kind: Setting['kind'], text: string): unknown {
  if (kind === 'number') return /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (kind === 'list') return text.split(',').map((item) => item.trim());
  if (kind === 'switch') return text === 'true' || (text === 'false' ? false : text);
  return text;
}
