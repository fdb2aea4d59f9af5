import { expect, it, vi } from 'vitest';
import { Quitting } from './quitting.ts';

function quitting(guests: number, agrees = true) {
  const options = {
    guests: () => guests,
    confirm: vi.fn(() => Promise.resolve(agrees)),
    end: vi.fn(() => Promise.resolve()),
    quit: vi.fn(),
    report: vi.fn(),
  };
  const { hold } = new Quitting(options);
  const event = () => ({ preventDefault: vi.fn() });
  const held = () => {
    const one = event();
    hold(one);
    return one.preventDefault.mock.calls.length > 0;
  };
  return { ...options, held };
}

it('asks nothing when nobody else is in, and quits once the host has ended', async () => {
  const { held, confirm, end, quit } = quitting(0);
  expect(held()).toBe(true);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(confirm).not.toHaveBeenCalled();
  expect(end).toHaveBeenCalledOnce();
  expect(held()).toBe(false);
});

it('asks with the number of guests, and tells them before it quits', async () => {
  const { held, confirm, end, quit } = quitting(3);
  expect(held()).toBe(true);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(confirm).toHaveBeenCalledWith(3);
  expect(end.mock.invocationCallOrder[0]).toBeLessThan(quit.mock.invocationCallOrder[0] ?? 0);
});

it('stays when the answer is no, and asks again the next time', async () => {
  const { held, confirm, end, quit } = quitting(2, false);
  held();
  await vi.waitFor(() => expect(confirm).toHaveBeenCalledOnce());
  await Promise.resolve();
  expect(held()).toBe(true);
  await vi.waitFor(() => expect(confirm).toHaveBeenCalledTimes(2));
  expect(end).not.toHaveBeenCalled();
  expect(quit).not.toHaveBeenCalled();
});

it('asks once, however often the person presses', async () => {
  const { held, confirm, quit } = quitting(1);
  expect([held(), held(), held()]).toEqual([true, true, true]);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(confirm).toHaveBeenCalledOnce();
});

it('quits when the question cannot be asked', async () => {
  const { held, confirm, end, quit, report } = quitting(2);
  const failure = new Error('no dialog');
  confirm.mockRejectedValueOnce(failure);
  held();
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(report).toHaveBeenCalledWith(failure);
  expect(end).toHaveBeenCalledOnce();
  expect(held()).toBe(false);
});

it('quits even when the host does not end well', async () => {
  const { held, end, quit, report } = quitting(0);
  const failure = new Error('port');
  end.mockRejectedValueOnce(failure);
  held();
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(report).toHaveBeenCalledWith(failure);
});
