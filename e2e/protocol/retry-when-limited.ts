import { expect } from '@playwright/test';

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
