import { describe, expect, it } from 'vitest';
import { KNOCK_ID_MS, SCHEDULED_ROOM_MS, SWEEP_MS } from '../../../src-shared/limits.ts';
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

describe('what the network may know', () => {
  it('is what the settings of each room say, and nothing without them', async () => {
    const { rooms, join } = await hostOneRoom();
    expect(rooms.nearby()).toEqual([]);
    const listed = await rooms.create({ hostName: 'Ada', name: 'Morning round', settings: { nearby: 'listed' } });
    await rooms.create({ hostName: 'Bo', settings: { nearby: 'knock', locked: true } });
    await join('ada', { roomId: listed.roomId });
    expect(rooms.nearby()).toEqual([
      { knockId: expect.any(String) as string, name: 'Morning round', participants: 1, locked: false },
      { knockId: expect.any(String) as string, locked: true },
    ]);
    expect(JSON.stringify(rooms.nearby())).not.toContain(listed.roomId);
  });

  it('is a scheduled room while somebody is in', async () => {
    const { rooms, join, clock } = await hostOneRoom();
    const settings = { nearby: 'knock' } as const;
    const { roomId } = await rooms.create({ hostName: 'Ada', startsAt: clock.now(), settings });
    expect(rooms.nearby()).toEqual([]);
    await join('ada', { roomId });
    expect(rooms.nearby()).toHaveLength(1);
  });

  it('has other ids after an hour', async () => {
    const { rooms, clock, join } = await hostOneRoom();
    const { roomId } = await rooms.create({ hostName: 'Ada', settings: { nearby: 'knock' } });
    await join('ada', { roomId });
    const [before] = rooms.nearby();
    expect(rooms.nearby()).toEqual([before]);
    clock.advance(KNOCK_ID_MS);
    expect(rooms.nearby()[0]?.knockId).not.toBe(before?.knockId);
  });
});
