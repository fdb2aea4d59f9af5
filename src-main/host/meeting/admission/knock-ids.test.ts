import { beforeEach, expect, it } from 'vitest';
import { KNOCK_ID_MS } from '../../../../src-shared/limits.ts';
import { Id } from '../../../../src-shared/protocol/values/primitives.ts';
import { FakeClock } from '../testing.ts';
import { KnockIds } from './knock-ids.ts';
import * as v from 'valibot';

const HOUR_MS = 60 * 60_000;

let clock: FakeClock;
let ids: KnockIds;

beforeEach(() => {
  clock = new FakeClock();
  ids = new KnockIds(clock);
});

it('leads to its room, and says nothing of the room’s own id', () => {
  const [one, other] = [ids.of('a1b2c3d4'), ids.of('e5f6a7b8')];
  expect([one, other].map((id) => ids.resolve(id))).toEqual(['a1b2c3d4', 'e5f6a7b8']);
  expect(ids.of('a1b2c3d4')).toBe(one);
  expect(one).not.toContain('a1b2');
  expect(v.is(Id, one)).toBe(true);
});

it('is none for whoever tries others, the room’s own among them', () => {
  ids.of('a1b2c3d4');
  expect(ids.resolve('a1b2c3d4')).toBeNull();
  expect(ids.resolve('')).toBeNull();
});

it('is good for an hour', () => {
  expect(KNOCK_ID_MS).toBe(HOUR_MS);
  const first = ids.of('a1b2c3d4');
  clock.advance(HOUR_MS - 1);
  expect([ids.of('a1b2c3d4'), ids.resolve(first)]).toEqual([first, 'a1b2c3d4']);
  clock.advance(1);
  expect(ids.resolve(first)).toBeNull();
  const second = ids.of('a1b2c3d4');
  expect(second).not.toBe(first);
  expect(ids.resolve(second)).toBe('a1b2c3d4');
});
