import { expect, it } from 'vitest';
import { sideBySide } from './side-by-side.mjs';

/** Tasks that end when told to, and the names of those that have begun. @param {string[]} names */
function tasks(names) {
  /** @type {string[]} */
  const begun = [];
  /** @type {Map<string, PromiseWithResolvers<void>>} */
  const ends = new Map(names.map((name) => [name, Promise.withResolvers()]));
  const all = names.map((name) => () => {
    begun.push(name);
    return ends.get(name)?.promise ?? Promise.resolve();
  });
  return { all, begun, ends };
}

it('begins tasks in their order, so many at once', async () => {
  const { all, begun, ends } = tasks(['a', 'b', 'c']);
  const running = sideBySide(all, 2);
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')?.resolve();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  for (const { resolve } of ends.values()) resolve();
  await running;
});

it('goes on after a failure, and tells it at the end', async () => {
  const { all, begun, ends } = tasks(['a', 'b']);
  const running = sideBySide(all, 1);
  ends.get('a')?.reject(new Error('broken'));
  ends.get('b')?.resolve();
  await expect(running).rejects.toThrow('broken');
  expect(begun).toEqual(['a', 'b']);
});
