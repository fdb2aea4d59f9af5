import { describe, expect, it } from 'vitest';
import { mustRun, run } from './run.mjs';

const node = (/** @type {string} */ script) => /** @type {const} */ ([process.execPath, ['-e', script]]);

describe('run', () => {
  it('answers exit code and output, and tells each line', async () => {
    /** @type {string[]} */
    const lines = [];
    const result = await run(...node('console.log(1); console.error(2); process.exit(3)'), {
      onLine: (line) => lines.push(line),
    });
    expect(result.code).toBe(3);
    expect(lines.sort()).toEqual(['1', '2']);
    expect(result.output.split('\n').sort()).toEqual(['1', '2']);
  });

  it('keeps the last lines only', async () => {
    const { output } = await run(...node('for (let i = 0; i < 1000; i++) console.log(i)'));
    expect(output.split('\n')).toHaveLength(60);
    expect(output).toMatch(/\n999$/);
  });

  it('adds to the environment, and takes away', async () => {
    process.env['PARLEY_TEST_GONE'] = 'x';
    const script = 'console.log(process.env.PARLEY_TEST_NEW, process.env.PARLEY_TEST_GONE)';
    const { output } = await run(...node(script), { env: { PARLEY_TEST_NEW: 'new', PARLEY_TEST_GONE: undefined } });
    delete process.env['PARLEY_TEST_GONE'];
    expect(output).toBe('new undefined');
  });

  it('says what ended by a signal', async () => {
    expect((await run(...node('process.kill(process.pid, "SIGTERM")'))).code).toBe(143);
  });

  it('says in a sentence what is not there', async () => {
    await expect(run('no-such-program-anywhere', [])).rejects.toThrow('no-such-program-anywhere cannot be started');
  });
});

describe('mustRun', () => {
  it("fails with the caller's sentence and the program's words", async () => {
    const failing = mustRun(...node('console.error("disk full"); process.exit(1)'), { failure: 'No cake.' });
    await expect(failing).rejects.toThrow('No cake.\n\ndisk full');
  });
});
