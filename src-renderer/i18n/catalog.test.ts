import { expect, it } from 'vitest';
import { compileMessages, readMessages } from './build/compile.ts';
import { catalogSource } from './build/types.ts';

const files = import.meta.glob<string>('../../src-shared/i18n/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const ENGLISH = '../../src-shared/i18n/en.json';
const typeOf = (file: string) => catalogSource(readMessages(files[file] ?? ''));

it('catalog.ts is the type of en.json', async () => {
  await expect(typeOf(ENGLISH)).toMatchFileSnapshot('./catalog.ts');
});

it.each(Object.keys(files))('%s has the messages of en.json, each with the same arguments', (file) => {
  expect(typeOf(file)).toEqual(typeOf(ENGLISH));
});

it.each(Object.keys(files))('%s says each message once', (file) => {
  const json = files[file] ?? '';
  expect(json).toBe(`${JSON.stringify(JSON.parse(json), null, 2)}\n`);
});

it('names the message that cannot be read', () => {
  expect(() => compileMessages({ a: { b: 'Hello {name' } })).toThrow(/^a\.b: /);
});

it('derives the arguments of messages, within plurals and choices too', () => {
  const source = catalogSource({
    plain: 'Yes',
    group: { 'co-host': '{count, plural, one {{name} and {role, select, host {a host} other {#}}} other {}}' },
  });
  const members = "'co-host': (values: { count: number; name: string; role: string }) => string;";
  expect(source).toContain(`{\n  group: {\n    ${members}\n  };\n  plain: string;\n}\n`);
});
