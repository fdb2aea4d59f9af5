import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_ROOMS_PER_WORKER } from '../../../../src-shared/limits.ts';
import { createMedia } from '../index.ts';
import { Heard, HeldClock, addresses, code, log } from '../testing.ts';

const heard = new Heard();
let media: Awaited<ReturnType<typeof createMedia>>;

beforeAll(async () => {
  media = await createMedia({ port: 0, addresses, workerCount: 2, log, clock: new HeldClock() });
});
afterAll(() => media.close());

test('a media process carries so many rooms and no more; one that closes makes space', async () => {
  const rooms = Array.from({ length: 2 * MAX_ROOMS_PER_WORKER }, () => media.openRoom(heard.room));
  const opened = await Promise.all(rooms);
  expect(await code(media.openRoom(heard.room))).toBe('FULL');
  opened[0]?.close();
  expect(await code(media.openRoom(heard.room))).toBe(null);
  expect(await code(media.openRoom(heard.room))).toBe('FULL');
});
