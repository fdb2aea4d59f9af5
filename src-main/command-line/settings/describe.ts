/** The table of settings in words: for `--help`, and for docs/hosting.md. */
import { variableOf } from './setting.ts';
import { SETTING_NAMES, SETTINGS } from './table.ts';

/** Where the explanations of `--help` begin and end, columns. */
const INDENT = 24;
const WIDTH = 80;

/** The options of all settings. */
export function settingsHelp(): string {
  return SETTING_NAMES.map((name) => {
    const { argument, help, kind, otherwise } = SETTINGS[name];
    const repeated = kind === 'list' ? '; may be repeated' : '';
    const fallback = kind === 'switch' ? '' : ` (default: ${otherwise})`;
    return optionHelp(argument ? `--${name} ${argument}` : `--${name}`, `${help}${repeated}${fallback}`);
  }).join('');
}

/** One option with its explanation, in lines of at most 80 columns. */
export function optionHelp(option: string, explanation: string): string {
  const lines: string[] = [];
  let line = `  ${option}`.padEnd(INDENT);
  if (line.length > INDENT) {
    lines.push(line);
    line = ' '.repeat(INDENT);
  }
  for (const word of explanation.split(' ')) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line.trimEnd());
      line = ' '.repeat(INDENT);
    }
    line += line.length > INDENT ? ` ${word}` : word;
  }
  return `${[...lines, line].join('\n')}\n`;
}

/** The rows of the table in docs/hosting.md, without their padding. */
export function settingsRows(): string[][] {
  return SETTING_NAMES.map((name) => {
    const { help, otherwise } = SETTINGS[name];
    return [`\`${name}\``, `\`${variableOf(name)}\``, help, otherwise];
  });
}
