import { describe, expect, it, vi } from 'vitest';
import { elapsed, Progress } from './progress.mjs';

/** A terminal, or a log, that keeps what is written. @param {boolean} isTTY */
function sink(isTTY) {
  /** @type {string[]} */
  const written = [];
  const out = /** @type {NodeJS.WriteStream} */ ({
    isTTY,
    write: (/** @type {string} */ text) => written.push(text) > 0,
  });
  return { out, written };
}

describe('elapsed', () => {
  it.each([
    [40, '0.0 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min 0 s'],
    [185_000, '3 min 5 s'],
  ])('%i ms is %s', (ms, words) => {
    expect(elapsed(ms)).toBe(words);
  });
});

describe('Progress', () => {
  it('counts the steps and says how each ended', async () => {
    const { out, written } = sink(false);
    const progress = new Progress({ total: 2, out });
    expect(await progress.step('Cooking', () => Promise.resolve(3), { summary: (eggs) => `${eggs} eggs` })).toBe(3);
    await expect(progress.step('Eating', () => Promise.reject(new Error('burnt')))).rejects.toThrow('burnt');
    expect(written.join('')).toMatch(
      /^\[1\/2\] Cooking …\n\[1\/2\] Cooking: 3 eggs, 0\.\d s\n\[2\/2\] Eating …\n\[2\/2\] Eating: failed, 0\.\d s\n$/,
    );
  });

  it('says in a log, now and then, how far a long step is', async () => {
    vi.useFakeTimers();
    const { out, written } = sink(false);
    /** @type {() => void} */
    let finish = () => undefined;
    const step = new Progress({ total: 1, out }).step('Building', (report) => {
      report(0.426);
      return new Promise((resolve) => (finish = () => resolve(null)));
    });
    await vi.advanceTimersByTimeAsync(40_000);
    finish();
    await step;
    vi.useRealTimers();
    expect(written.filter((line) => line.includes('42 %'))).toHaveLength(2);
  });

  it('keeps one line up to date in a terminal', async () => {
    const { out, written } = sink(true);
    await new Progress({ total: 1, out }).step('Building', () => Promise.resolve());
    expect(written.join('').match(/\n/g)).toHaveLength(1);
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  });

  it('shows in a terminal all steps that run at once, in one line that fits', async () => {
    const { out, written } = sink(true);
    out.columns = 60;
    const progress = new Progress({ total: 3, out });
    const ends = [Promise.withResolvers(), Promise.withResolvers()];
    const steps = ['Baking', 'Frying'].map((title, index) =>
      progress.step(title, () => ends[index]?.promise ?? Promise.resolve()),
    );
    expect(written.at(-1)).toMatch(/\[1\/3\] Baking … 0\.\d s · \[2\/3\] Frying … 0\.\d s$/);
    const third = progress.step('Something with a long name', () => Promise.resolve());
    expect(written.at(-1)?.replace('\r\u001b[2K', '')).toHaveLength(59);
    for (const end of ends) end.resolve(null);
    await Promise.all([...steps, third]);
    expect(written.join('').match(/\n/g)).toHaveLength(3);
  });

  it('writes what stays before what runs', async () => {
    const { out, written } = sink(true);
    const progress = new Progress({ total: 1, out });
    const end = Promise.withResolvers();
    const step = progress.step('Baking', () => end.promise);
    progress.say('The oven is hot.');
    expect(written.at(-2)).toBe('\r\u001b[2KThe oven is hot.\n');
    expect(written.at(-1)).toContain('Baking');
    end.resolve(null);
    await step;
  });
});
