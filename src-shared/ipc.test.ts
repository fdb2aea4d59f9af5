import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CALLS } from './ipc.ts';
import { MAX_LINK_LENGTH, MAX_PREFERENCE_LENGTH, MAX_PREFERENCES, MAX_SOURCE_ID_LENGTH } from './limits.ts';

const text = (length: number) => 'x'.repeat(length);
const pick = '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11';

it.each<[what: string, schema: v.GenericSchema, bound: number, sized: (size: number) => unknown]>([
  ['a link', CALLS.join, MAX_LINK_LENGTH, (size) => ({ link: text(size) })],
  [
    'the name of a screen',
    CALLS.answerPick,
    MAX_SOURCE_ID_LENGTH,
    (size) => ({ pick, source: text(size), sound: false }),
  ],
  ['the name of a preference', CALLS.savePreferences, MAX_PREFERENCE_LENGTH, (size) => ({ [text(size)]: '' })],
  ['a preference', CALLS.savePreferences, MAX_PREFERENCE_LENGTH, (size) => ({ name: text(size) })],
  [
    'all preferences',
    CALLS.savePreferences,
    MAX_PREFERENCES,
    (size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [String(index), ''])),
  ],
])('%s is taken at its bound and refused one over it', (_what, schema, bound, sized) => {
  expect(v.is(schema, sized(bound))).toBe(true);
  expect(v.is(schema, sized(bound + 1))).toBe(false);
});
