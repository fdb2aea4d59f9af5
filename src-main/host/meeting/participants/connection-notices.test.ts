import { describe, expect, it } from 'vitest';
import {
  MAX_CONNECTION_CHANGE_BURST_PER_PARTICIPANT,
  MAX_CONNECTION_CHANGES_PER_MINUTE_PER_PARTICIPANT,
  MAX_EVENTS_PER_SECOND_PER_ROOM,
  MAX_MESSAGE_BURST_PER_SOCKET,
  RECOVERY_MS,
} from '../../../../src-shared/limits.ts';
import { hostOneRoom } from '../testing.ts';

/** The time after which one more change may be told. */
const NEXT_MS = 60_000 / MAX_CONNECTION_CHANGES_PER_MINUTE_PER_PARTICIPANT + 1;

async function twoInARoom() {
  const host = await hostOneRoom();
  const ada = await host.join('ada');
  const bo = await host.join('bo');
  bo.connection.takeNames();
  /** What bo was told of ada since last asked. */
  const told = () => {
    const changes = bo.connection
      .told('participantUpdated')
      .filter(({ participant }) => participant.userId === 'ada')
      .map(({ participant }) => participant.connection);
    bo.connection.takeNames();
    return changes;
  };
  const flap = (times: number) => {
    for (let time = 0; time < times; time++) {
      ada.session.lost();
      expect(ada.session.recovered()).toBe(true);
    }
  };
  return { ...host, ada, bo, told, flap };
}

describe('a connection that is lost and recovered again and again', () => {
  it('is told so often, and then nothing while it is as others know it', async () => {
    const { clock, told, flap } = await twoInARoom();
    flap(100);
    expect(told()).toHaveLength(MAX_CONNECTION_CHANGE_BURST_PER_PARTICIPANT);
    clock.advance(RECOVERY_MS);
    expect(told()).toEqual([]);
  });

  it('is told when the rate allows it again, if others know it otherwise', async () => {
    const { clock, ada, told, flap } = await twoInARoom();
    flap(100);
    ada.session.lost();
    told();
    clock.advance(NEXT_MS);
    expect(told()).toEqual(['lost']);
    ada.session.recovered();
    expect(told()).toEqual([]);
    clock.advance(NEXT_MS);
    expect(told()).toEqual(['ok']);
    clock.advance(RECOVERY_MS);
    expect(told()).toEqual([]);
  });

  it('is known by what is told for another reason too', async () => {
    const { clock, ada, told, flap } = await twoInARoom();
    flap(100);
    ada.session.lost();
    clock.advance(NEXT_MS);
    ada.session.recovered();
    told();
    await ada.raiseHand({ raised: true });
    expect(told()).toEqual(['ok']);
    clock.advance(RECOVERY_MS);
    expect(told()).toEqual([]);
  });

  it('ends as any other does when it does not come back', async () => {
    const { clock, ada, bo, told, flap } = await twoInARoom();
    flap(100);
    ada.session.lost();
    told();
    clock.advance(RECOVERY_MS - 1);
    expect(told()).toEqual(['lost']);
    clock.advance(RECOVERY_MS);
    expect(bo.connection.told('peerLeft')).toHaveLength(1);
    expect(told()).toEqual([]);
  });

  it('is told nothing of after leaving', async () => {
    const { clock, ada, bo, told, flap } = await twoInARoom();
    flap(100);
    ada.session.lost();
    ada.session.ended();
    told();
    clock.advance(RECOVERY_MS);
    expect(bo.connection.events).toEqual([]);
  });
});

it('a lost connection is told when the room’s events allow it', async () => {
  const { clock, join } = await hostOneRoom();
  const people = await Promise.all(Array.from({ length: 100 }, (_, number) => join(`person${number}`)));
  const [ada, observer] = people;
  const reactUntilRefused = async () => {
    for (const person of people) {
      for (let count = 0; count < MAX_MESSAGE_BURST_PER_SOCKET; count++) await person.react({ reaction: '👍' });
    }
  };
  await expect(reactUntilRefused()).rejects.toMatchObject({
    message: expect.stringContaining('in this meeting') as string,
  });
  observer?.connection.takeNames();
  ada?.session.lost();
  expect(observer?.connection.events).toEqual([]);
  clock.advance(1000 / MAX_EVENTS_PER_SECOND_PER_ROOM + 1);
  expect(observer?.connection.told('participantUpdated')).toMatchObject([{ participant: { connection: 'lost' } }]);
});
