import { expect } from '@playwright/test';

/** Asks again in a moment for as long as the host says that it is too often: the tests are quicker than people. */
export async function patiently<Result>(
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
