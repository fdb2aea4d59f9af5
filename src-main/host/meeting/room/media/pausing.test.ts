import { expect, it } from 'vitest';
import { Pausing } from './pausing.ts';

/** Something in a media process that answers when told to. */
function pausable() {
  const asked: string[] = [];
  const answers: PromiseWithResolvers<undefined>[] = [];
  const ask = (what: string) => () => {
    asked.push(what);
    const answer = Promise.withResolvers<undefined>();
    answers.push(answer);
    return answer.promise.then(() => undefined);
  };
  return { asked, answers, pause: ask('pause'), resume: ask('resume') };
}

it('asks for nothing that is so already', async () => {
  const media = pausable();
  const pausing = new Pausing(media, true);
  await pausing.set(true);
  expect(media.asked).toEqual([]);
});

it('asks once for what several want meanwhile, and all wait for it', async () => {
  const media = pausable();
  const pausing = new Pausing(media, true);
  const done: number[] = [];
  const all = [1, 2, 3].map((one) => pausing.set(false).then(() => done.push(one)));
  expect(media.asked).toEqual(['resume']);
  expect(done).toEqual([]);
  media.answers[0]?.resolve(undefined);
  await Promise.all(all);
  await pausing.set(false);
  expect(media.asked).toEqual(['resume']);
});

it('asks in the order wanted, without waiting for the answers', async () => {
  const media = pausable();
  const pausing = new Pausing(media, true);
  const all = [false, true, true, false].map((paused) => pausing.set(paused));
  expect(media.asked).toEqual(['resume', 'pause', 'resume']);
  for (const answer of media.answers) answer.resolve(undefined);
  await Promise.all(all);
});

it('asks again after a request that failed', async () => {
  const media = pausable();
  const pausing = new Pausing(media, true);
  const first = pausing.set(false);
  media.answers[0]?.reject(new Error('no'));
  await expect(first).rejects.toThrow('no');
  const second = pausing.set(false);
  media.answers[1]?.resolve(undefined);
  await second;
  expect(media.asked).toEqual(['resume', 'resume']);
});
