import { expect, it } from 'vitest';
import { MAX_ROOMS_FROM_ELSEWHERE } from '../../../../src-shared/limits.ts';
import { hostOneRoom } from '../../meeting/testing.ts';
import { NewRooms } from './new-rooms.ts';

it('those who sit at the host can still make a room when others have made all they may', async () => {
  const { rooms } = await hostOneRoom();
  const access = { isOwn: (address: string) => address === '127.0.0.1', mayCreateRooms: () => true };
  const newRooms = new NewRooms({ rooms, access });
  for (let made = 1; made < MAX_ROOMS_FROM_ELSEWHERE; made++) await newRooms.make('192.0.2.7', { hostName: 'Eve' });
  await expect(newRooms.make('192.0.2.8', { hostName: 'Bo' })).rejects.toMatchObject({ code: 'FULL' });
  await expect(newRooms.make('127.0.0.1', { hostName: 'Ada' })).resolves.toHaveProperty('roomId');
});
