import { expect, it } from 'vitest';
import { ATTENDANCE_BATCH_MS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { freshMemory, hostOneRoom } from '../testing.ts';

it('somebody’s joining and leaving are written together, after a while', async () => {
  const { store, join, clock, roomId } = await hostOneRoom();
  const ada = await join('ada');
  await ada.leaveRoom({});
  clock.advance(ATTENDANCE_BATCH_MS - 1);
  expect(store.attendance.of(roomId)).toEqual([]);
  clock.advance(1);
  expect(store.attendance.of(roomId)).toMatchObject([{ userId: 'ada', present: false }]);
});

it('a batch that cannot be written leaves no trace, in the records of others neither', async () => {
  const memory = freshMemory();
  const { store } = memory;
  const { join, clock, roomId } = await hostOneRoom(memory);
  const attendance = () => store.attendance.of(roomId).map(({ userId, present }) => [userId, present]);
  const begin = store.attendance.begin.bind(store.attendance);
  let written = 0;
  Object.assign(store.attendance, {
    begin: (...record: Parameters<typeof begin>) => {
      if (++written === 2) throw new ProtocolError('FULL', 'Full.');
      return begin(...record);
    },
  });
  const ada = await join('ada');
  await join('bo');
  clock.advance(ATTENDANCE_BATCH_MS);
  expect(attendance()).toEqual([]);

  await join('cleo');
  clock.advance(ATTENDANCE_BATCH_MS);
  await ada.leaveRoom({});
  clock.advance(ATTENDANCE_BATCH_MS);
  expect(attendance()).toEqual([
    ['cleo', true],
    ['ada', false],
  ]);
});
