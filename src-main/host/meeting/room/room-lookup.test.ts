import { expect, it } from 'vitest';
import { MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { capabilities, hostOneRoom } from '../testing.ts';

const GUESSER = '192.0.2.66';
const refused = (code: string) => expect.objectContaining({ code }) as Error;

type Hosted = Awaited<ReturnType<typeof hostOneRoom>>;

/** Every way to learn whether there is a room, by somebody of `address`. */
function ways({ connect, rooms }: Hosted, address: string): ((roomId: string) => unknown)[] {
  const stranger = connect('stranger', address);
  return [
    (roomId) => rooms.info(roomId, address),
    (roomId) => rooms.isOpen(roomId, address),
    (roomId) => stranger.getRouterRtpCapabilities({ roomId }),
    (roomId) => stranger.prepare({ roomId, rtpCapabilities: capabilities }),
    (roomId) => stranger.reserve({ roomId }),
    (roomId) => stranger.joinRoom({ roomId, userName: 'Eve' }),
  ];
}

/** Guesses by each way in turn, until the address has none left. */
async function guessAll(everyWay: readonly ((roomId: string) => unknown)[]): Promise<void> {
  for (let guess = 0; guess < MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS; guess++) {
    const way = everyWay[guess % everyWay.length];
    const answer = await Promise.try(() => way?.(`guess-${guess}`)).catch((error: unknown) => error);
    expect([false, refused('NOT_FOUND')]).toContainEqual(answer);
  }
}

it('who guesses too often learns nothing more, by no way, of rooms that are there either', async () => {
  const host = await hostOneRoom();
  const everyWay = ways(host, GUESSER);
  await guessAll(everyWay);
  for (const way of everyWay) {
    for (const roomId of ['one-more', host.roomId]) {
      await expect(Promise.try(() => way(roomId))).rejects.toEqual(refused('RATE_LIMITED'));
    }
  }
  expect(host.rooms.info(host.roomId, '192.0.2.7')).toMatchObject({ roomId: host.roomId });
  host.clock.advance(60_000 / MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS);
  expect(host.rooms.info(host.roomId, GUESSER)).toMatchObject({ roomId: host.roomId });
});

it('asking for rooms that are there counts nothing', async () => {
  const { rooms, roomId } = await hostOneRoom();
  for (let asked = 0; asked <= MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS; asked++) rooms.info(roomId, GUESSER);
});

it('guesses from their address do not disturb those who are in, or about to be', async () => {
  const host = await hostOneRoom();
  const { connect, roomId } = host;
  const ada = connect('ada', GUESSER);
  await ada.joinRoom({ roomId, userName: 'Ada' });
  const bo = connect('bo', GUESSER);
  await bo.prepare({ roomId, rtpCapabilities: capabilities });
  await guessAll(ways(host, GUESSER));
  await expect(ada.getRouterRtpCapabilities({ roomId })).resolves.toEqual({ rtpCapabilities: capabilities });
  await ada.sendMessage({ roomId, message: 'hello' });
  await expect(bo.joinRoom({ roomId, userName: 'Bo' })).resolves.toMatchObject({ room: { roomId } });
});
