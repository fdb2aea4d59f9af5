import { expect, it } from 'vitest';
import { type LivePerson, type LiveHost, startLiveHost } from '../../testing.ts';

const CLASS = 60;

/** Everyone connects before anyone joins, as after an interruption of the network. */
async function connectAll(live: LiveHost): Promise<LivePerson[]> {
  return Promise.all(Array.from({ length: CLASS }, () => live.connect({ reconnection: false }).connected()));
}

it('a class behind one router is let in at once, and again when all have lost their connection', async () => {
  const live = await startLiveHost();
  const { roomId } = await live.makeRoom();
  for (let time = 0; time < 2; time++) {
    const people = await connectAll(live);
    await Promise.all(people.map((person, index) => person.join(roomId, `person-${time}-${index}`)));
    expect(people.filter(({ socket }) => socket.connected)).toHaveLength(CLASS);
    for (const { socket } of people) socket.io.engine.close();
  }
  await live.close();
}, 60_000);
