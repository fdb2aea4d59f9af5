import { expect, it } from 'vitest';
import { LINK_AFTER_MS, appointmentInvite, nextQuarter, readLocal, writeLocal } from './appointment-times.ts';

const at = (hours: number, minutes: number, day = 14) => new Date(2025, 4, day, hours, minutes).getTime();

it('proposes the next quarter of an hour', () => {
  expect(nextQuarter(at(10, 1))).toBe(at(10, 15));
  expect(nextQuarter(at(23, 45))).toBe(at(0, 0, 15));
});

it('writes and reads local time', () => {
  expect(writeLocal(at(9, 5))).toBe('2025-05-14T09:05');
  expect(readLocal('2025-05-14T09:05')).toBe(at(9, 5));
  expect(['', 'soon', '0001-01-01T00:00'].map(readLocal)).toEqual([null, null, null]);
});

it('ends a client’s link a day after the appointment, or after today', () => {
  const about = { name: 'Ada', title: 'Check-up' };
  const invite = appointmentInvite({ ...about, startsAt: at(10, 0, 20) }, at(9, 0));
  expect(invite).toMatchObject({ role: 'client', name: 'Ada', expires: at(10, 0, 20) + LINK_AFTER_MS });
  expect(invite.appointment).toMatchObject({ title: 'Check-up', startsAt: at(10, 0, 20) });
  expect(appointmentInvite({ ...about, startsAt: at(8, 0) }, at(9, 0)).expires).toBe(at(9, 0) + LINK_AFTER_MS);
});
