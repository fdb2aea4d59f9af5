import { expect } from '@playwright/test';
import { type Reply, outcomeOf } from './reply.ts';

/** Asks again in a moment for as long as the host says that it is too often: the tests are quicker than people. */
export async function patiently(ask: () => Promise<Reply>): Promise<Reply> {
  let reply = await ask();
  await expect
    .poll(async () => {
      if (outcomeOf(reply) === 'RATE_LIMITED') reply = await ask();
      return outcomeOf(reply);
    })
    .not.toBe('RATE_LIMITED');
  return reply;
}
