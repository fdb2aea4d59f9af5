import { expect, it } from 'vitest';
import { Audience } from './audience.ts';
import type { Broadcast, ClientConnection, MeetingEvent } from './client-connection.ts';

const event: MeetingEvent = ['reaction', { userId: 'ada', reaction: '👍' }];

it('broadcasts once for each gateway that can, and notifies the others one by one', () => {
  const told: string[] = [];
  const gateway =
    (name: string): Broadcast =>
    (_event, ids, except) =>
      told.push(`${name} to ${[...ids].join(' ')} but ${except ?? 'nobody'}`);
  const connection = (id: string, broadcast?: Broadcast): ClientConnection => ({
    ...{ id, remoteAddress: '192.0.2.1', localAddress: '192.0.2.2' },
    notify: () => told.push(`notified ${id}`),
    close: () => undefined,
    ...(broadcast && { broadcast }),
  });
  const [one, other] = [gateway('one'), gateway('other')];
  const plain = connection('plain');
  const first = connection('first', one);
  const audience = new Audience([first, plain, connection('second', other), connection('third', one)]);
  audience.notify(event);
  expect(told.splice(0)).toEqual(['one to first third but nobody', 'other to second but nobody', 'notified plain']);
  audience.notify(event, plain);
  expect(told.splice(0)).toEqual(['one to first third but plain', 'other to second but plain']);
  audience.notify(event, first);
  expect(told).toEqual(['one to first third but first', 'other to second but first', 'notified plain']);
});
