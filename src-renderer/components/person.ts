/** How a person appears where there is no picture of them. */

/** One or two letters: of the first and the last word of the name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letter = (word: string) => Array.from(word)[0] ?? '';
  return (letter(first) + letter(last)).toLocaleUpperCase();
}

/** The given name: the first word of the name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

const TINTS = 6;

/** The person's colour, the same on every screen and every computer: a CSS value naming a token. */
export function personColour(name: string): string {
  let hash = 0;
  for (const letter of name.trim()) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 0x7fffffff;
  return `var(--person-${(hash % TINTS) + 1})`;
}
