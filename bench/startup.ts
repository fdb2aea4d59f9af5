/**
 * How long the app takes until its window shows the home screen, and from the click on *Host a meeting* until
 * the host listens and until the join button is enabled.
 *
 *   npm run bench -- startup [--json] [--starts N]
 *
 * It runs on Electron if its runtime is available, else on the stand-in: the result says which.
 * Progress goes to standard error; with --json the last line of standard output is the result.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { launchApp, runtime } from '../e2e/desktop/launch.ts';
import { type Summary, summarize } from './statistics.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, starts: { type: 'string', default: '10' } },
});
const starts = Number(options.starts);
/** Starts before the measured ones: the first creates the host's key and fills the caches. */
const UNCOUNTED = 1;

interface Start {
  /** From the start of the program until the home screen is visible. */
  window: number;
  /** From the click until the host listens. */
  listening: number;
  /** From the click until the join button is enabled. */
  ready: number;
}

async function measure(dataDir: string): Promise<Start> {
  const began = performance.now();
  const app = await launchApp({ dataDir, env: { PARLEY_PORT: '0' } });
  try {
    const home = await app.firstWindow();
    const button = home.getByRole('button', { name: /^Host a meeting/ });
    await button.waitFor();
    const window = performance.now() - began;

    const { stderr } = app.process();
    if (!stderr) throw new Error('The app’s log cannot be read');
    const said = createInterface({ input: stderr });
    const listening = new Promise<number>((resolve) => {
      said.on('line', (line) => line.includes('The host is listening') && resolve(performance.now()));
    });
    const opening = app.waitForEvent('window');
    const clicked = performance.now();
    await button.click();
    const meeting = await opening;
    await meeting.locator('button[type=submit]:enabled').waitFor();
    const ready = performance.now() - clicked;
    return { window, listening: (await listening) - clicked, ready };
  } finally {
    await app.close();
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'parley-startup-'));
const taken: Start[] = [];
try {
  for (let count = 1 - UNCOUNTED; count <= starts; count++) {
    const one = await measure(dataDir);
    if (count >= 1) taken.push(one);
    process.stderr.write(`\r${Math.max(count, 0)} of ${starts}`);
  }
  process.stderr.write('\n');
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

const of = (key: keyof Start) => summarize(taken.map((one) => one[key]));
const result = { runtime: runtime(), window: of('window'), listening: of('listening'), ready: of('ready') };
const row = (title: string, { p50, p95 }: Summary) => `${title.padEnd(40)}${`${p50} / ${p95}`.padStart(18)}`;
console.log(`\nms, p50 / p95 of ${starts}, on ${result.runtime}`);
console.log(row('start of the app → home on screen', result.window));
console.log(row('Host a meeting → host listens', result.listening));
console.log(row('Host a meeting → one could join', result.ready));
if (options.json) console.log(JSON.stringify({ name: 'startup', unit: 'ms', ...result }));
