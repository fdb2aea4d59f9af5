import { expect } from '@playwright/test';
import { type Reply, isTooOften } from './reply.ts';

/** Repeats a request while the host answers that a rate limit is reached: the tests send faster than people do. */
export async function retryWhenLimited<Result>(
  ask: () => Promise<Result>,
  tooOften: (result: Result) => boolean,
): Promise<Result> {
  let result = await ask();
  await expect
    .poll(async () => {
      if (tooOften(result)) result = await ask();
      return tooOften(result);
    })
    .toBe(false);
  return result;
}

/** Joins, by a request of whatever gateway: the tests of a file are one address, from which so many join in no meeting. */
export function joinWhenAllowed(join: () => Promise<Reply>): Promise<Reply> {
  return retryWhenLimited(join, isTooOften);
}
