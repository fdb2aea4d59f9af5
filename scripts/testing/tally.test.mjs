import { describe, expect, it } from 'vitest';
import { none, one, readPlaywright, readVitest, sentence, sum, weigh } from './tally.mjs';

describe('the sum', () => {
  it('adds everything up into one line', () => {
    const total = sum([one(true), one(false), { passed: 10, failed: 2, skipped: ['a'] }]);
    expect(total.skipped).toEqual(['a']);
    expect(sentence(total)).toBe('11 passed, 3 failed');
    expect(sum([total, none('b: no root')])).toEqual({ ...total, skipped: ['a', 'b: no root'] });
  });
});

describe('weigh', () => {
  const found = { passed: 5, failed: 0, skipped: [] };

  it('takes a report as it is when the runner agrees', () => {
    expect(weigh(found, 0)).toEqual(found);
    expect(weigh({ ...found, failed: 2 }, 1)).toEqual({ ...found, failed: 2 });
  });

  it.each([
    ['the runner failed though no test did', found, 1, { passed: 5, failed: 1, skipped: [] }],
    ['the runner wrote no report', null, 0, { passed: 0, failed: 1, skipped: [] }],
    ['nothing ran', { passed: 0, failed: 0, skipped: [] }, 0, { passed: 0, failed: 1, skipped: [] }],
  ])('counts a failure when %s', (_, report, code, result) => {
    expect(weigh(report, code)).toEqual(result);
  });
});

describe('readVitest', () => {
  it('counts tests, and files that cannot be loaded', () => {
    const test = (/** @type {string} */ status) => ({ status, fullName: status });
    const report = {
      testResults: [
        {
          name: 'a',
          status: 'failed',
          assertionResults: [test('passed'), test('failed'), test('skipped'), test('todo')],
        },
        { name: 'b', status: 'failed', assertionResults: [] },
      ],
    };
    expect(readVitest(report)).toEqual({ passed: 1, failed: 2, skipped: ['skipped', 'todo'] });
  });
});

describe('readPlaywright', () => {
  it('counts a test that passed at its second try as failed, and names what did not run', () => {
    const report = {
      stats: { expected: 3, unexpected: 1, flaky: 1 },
      suites: [
        {
          title: 'chat.spec.ts',
          specs: [{ title: 'both ways', tests: [{ status: 'expected' }] }],
          suites: [{ title: 'late', specs: [{ title: 'history', tests: [{ status: 'skipped' }] }] }],
        },
      ],
    };
    expect(readPlaywright(report)).toEqual({ passed: 3, failed: 2, skipped: ['chat.spec.ts › late › history'] });
  });
});
