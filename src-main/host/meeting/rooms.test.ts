import { expect, it } from 'vitest';
import { SCHEDULED_ROOM_MS, SWEEP_MS } from '../../../src-shared/limits.ts';
import { hostOneRoom } from './testing.ts';

it('a scheduled room ends a bounded time after its start, if nobody comes', async () => {
  const { rooms, clock } = await hostOneRoom();
  const startsAt = clock.now() + 60 * 60_000;
  const { roomId } = await rooms.create({ hostName: 'Ada', startsAt });
  const exists = () => rooms.info(roomId, '192.0.2.1').roomId === roomId;
  clock.advance(startsAt + SCHEDULED_ROOM_MS - SWEEP_MS - clock.now());
  expect(exists()).toBe(true);
  clock.advance(2 * SWEEP_MS);
  expect(exists).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
