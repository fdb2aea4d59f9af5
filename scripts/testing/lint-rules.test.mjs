// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-eslint';
import { expect, it } from 'vitest';
import { ROOT } from '../setup/paths.mjs';

/** Rules of typescript-eslint that oxlint does not have. */
const NOT_IN_OXLINT = ['no-unsafe-class-instance-assignment'];

/** @type {{ rules: Record<string, unknown>, overrides: { files: string[], rules: Record<string, unknown> }[] }} */
const config = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'));
const short = (/** @type {string} */ rule) => rule.replace(/^.*\//, '');
const isOn = (/** @type {unknown} */ level) => level !== 'off' && level !== 0;

it('holds every rule of strictTypeChecked', () => {
  const strict = ts.configs.strictTypeChecked.flatMap(({ rules = {} }) =>
    Object.entries(rules).filter(([, level]) => isOn(level)),
  );
  const wanted = new Set(strict.map(([rule]) => short(rule)).filter((rule) => !NOT_IN_OXLINT.includes(rule)));
  const held = Object.entries(config.rules).filter(([, level]) => isOn(level));
  expect(held.map(([rule]) => short(rule))).toEqual(expect.arrayContaining([...wanted]));
  expect(wanted.size).toBeGreaterThan(70);
});

it('turns rules off for TypeScript nowhere but where a program writes to its terminal', () => {
  const forTypeScript = config.overrides.filter(
    ({ files }) => !files.every((pattern) => pattern.endsWith('.{js,mjs,cjs}')),
  );
  expect(forTypeScript.map(({ rules }) => rules)).toEqual([{ 'eslint/no-console': 'off' }]);
});
