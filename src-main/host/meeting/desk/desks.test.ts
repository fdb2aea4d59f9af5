import { expect, it } from 'vitest';
import { DESK_MEMORY_MS } from '../../../../src-shared/limits.ts';
import { FakeInvites, FakeDirectConnection } from '../direct/testing.ts';
import { FakeClock } from '../testing.ts';
import { Desks } from './desks.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const appointment = { id: 'ada-1', title: 'Check-up', startsAt: 0 };

it('are apart, and there as long as somebody is, or was a while ago', () => {
  const clock = new FakeClock();
  const invites = new FakeInvites();
  const desks = new Desks({ invites, clock, log });
  const client = { id: 'ada', roomId: 'one', role: 'client', appointment } as const;
  const professional = { id: 'doctor', roomId: 'other', role: 'professional' } as const;
  for (const invite of [client, professional]) invites.add(invite);

  const ada = new FakeDirectConnection('ada');
  const places = [desks.connect(ada, client), desks.connect(new FakeDirectConnection('doctor'), professional)];
  expect(ada.told('professional')).toEqual([{ here: false }]);
  expect(desks.count).toBe(2);
  for (const deskSession of places) deskSession?.leave();
  clock.advance(DESK_MEMORY_MS - 1);
  expect(desks.count).toBe(2);
  clock.advance(1);
  expect(desks.count).toBe(0);
});

it('give no place while the invites cannot be read, and nothing of the try stays', () => {
  const invites = new FakeInvites();
  const desks = new Desks({ invites, clock: new FakeClock(), log });
  const professional = { id: 'doctor', roomId: 'one', role: 'professional' } as const;
  invites.add(professional);
  invites.unreadable = true;
  expect(() => desks.connect(new FakeDirectConnection('doctor'), professional)).toThrow('The disk cannot be read.');
  expect(desks.count).toBe(0);
});

it('give no place to who is invited to a meeting', () => {
  const desks = new Desks({ invites: new FakeInvites(), clock: new FakeClock(), log });
  expect(desks.connect(new FakeDirectConnection('ada'), { id: 'ada', roomId: 'one', role: 'participant' })).toBe(null);
  expect(desks.count).toBe(0);
});
