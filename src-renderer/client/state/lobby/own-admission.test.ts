import { expect, it, vi } from 'vitest';
import { MeetingError } from '../../problem.ts';
import { OwnAdmission } from './own-admission.svelte.ts';

const problem = (code: 'WAITING' | 'PASSCODE' | 'LOCKED') => new MeetingError(code, '');
const told = vi.fn<(note?: string) => Promise<void>>(() => Promise.resolve());
const admission = () => {
  told.mockReset().mockResolvedValue();
  return new OwnAdmission(told);
};

it('asks for a passcode once the room has asked for one, and says when it was wrong', () => {
  const own = admission();
  expect(own.learn(problem('PASSCODE'), { passcode: false })).toBeNull();
  expect([own.needsPasscode, own.wrongPasscode]).toEqual([true, false]);
  expect(own.learn(problem('PASSCODE'), { passcode: true })).toBeNull();
  expect([own.needsPasscode, own.wrongPasscode]).toEqual([true, true]);
  expect(own.learn(problem('LOCKED'), { passcode: true })).toMatchObject({ code: 'LOCKED' });
  expect([own.needsPasscode, own.wrongPasscode]).toEqual([true, false]);
});

it('knows that somebody has to admit them, until nobody has to', () => {
  const own = admission();
  expect(own.learn(problem('WAITING'), { passcode: false })).toBeNull();
  expect(own.needsAdmission).toBe(true);
  expect(own.learn(null, { passcode: false })).toBeNull();
  expect(own.needsAdmission).toBe(false);
});

it('writes a line, takes it back, and keeps what was written when it could not be sent', async () => {
  const own = admission();
  own.enter();
  await own.write('  It is me ');
  expect([told.mock.lastCall, own.note]).toEqual([['It is me'], 'It is me']);
  told.mockRejectedValueOnce(problem('WAITING'));
  await expect(own.write('Somebody else')).rejects.toMatchObject({ code: 'WAITING' });
  expect(own.note).toBe('It is me');
  await own.write(' ');
  expect([told.mock.lastCall, own.note]).toEqual([[], '']);
});

it('waits on after a lost connection as long as before, and says again what it wrote', async () => {
  vi.useFakeTimers({ now: 1000 });
  const own = admission();
  own.enter();
  await own.write('It is me');
  vi.setSystemTime(9000);
  own.enter();
  expect([own.waitingSince, told.mock.calls]).toEqual([1000, [['It is me'], ['It is me']]]);
  own.leave();
  expect([own.waitingSince, own.note]).toEqual([null, '']);
  vi.useRealTimers();
});
