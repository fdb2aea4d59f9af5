import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CALLS } from './ipc.ts';
import { PICKER_CALLS } from './picker-ipc.ts';
import {
  MAX_LANGUAGE_LENGTH,
  MAX_LINK_LENGTH,
  MAX_PREFERENCE_LENGTH,
  MAX_PREFERENCES,
  MAX_SOURCE_ID_LENGTH,
} from './limits.ts';

const text = (length: number) => 'x'.repeat(length);

it.each<[what: string, schema: v.GenericSchema, bound: number, sized: (size: number) => unknown]>([
  ['a link', CALLS.join, MAX_LINK_LENGTH, (size) => ({ link: text(size) })],
  [
    'the name of a screen',
    PICKER_CALLS.answer,
    MAX_SOURCE_ID_LENGTH,
    (size) => ({ source: text(size), quality: 'text', sound: false }),
  ],
  ['a language', CALLS.setAppearance, MAX_LANGUAGE_LENGTH, (size) => ({ theme: 'dark', language: text(size) })],
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
