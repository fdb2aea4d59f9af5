import { expect, it } from 'vitest';
import { Serial } from './serial.ts';

it('starts the first task in the same tick and each other after the one before', async () => {
  const serial = new Serial();
  const steps: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const first = serial.run(async () => {
    steps.push('first begins');
    await gate.promise;
    steps.push('first ends');
  });
  const second = serial.run(() => steps.push('second'));
  expect(steps).toEqual(['first begins']);
  gate.resolve(undefined);
  await Promise.all([first, second]);
  expect(steps).toEqual(['first begins', 'first ends', 'second']);
});

it('goes on after a task that failed, at once when nothing is left', async () => {
  const serial = new Serial();
  const failed = serial.run(() => Promise.reject(new Error('no')));
  const next = serial.run(() => 'next');
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('next');
  await Promise.resolve();
  let ran = false;
  void serial.run(() => (ran = true));
  expect(ran).toBe(true);
});
