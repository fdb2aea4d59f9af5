/**
 * The time from the click on *Join* until the person is in, sees another participant, and is seen.
 *
 *   npm run bench -- join [--json] [--joins N] [--others N]...
 *
 * A real host, real Chromium windows with their fake camera at 640×360, everything on this machine.
 * `bare`: warm joins in a page with the videos only: the time that the machine itself needs.
 * Progress goes to standard error; with --json the last line of standard output is the result.
 */
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { Host } from '../e2e/fixtures/host.ts';
import { CHROMIUM } from '../e2e/fixtures/chromium.ts';
import { bare, type Join, Scenario } from './join/scenario.ts';
import { summarize, type Summary } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    joins: { type: 'string', default: '20' },
    // How many there are in the room already: each is measured in turn.
    others: { type: 'string', multiple: true, default: ['1', '4', '8'] },
  },
});
const joins = Number(options.joins);
/** Joins measured before the counted ones: the first ones warm up the browser. */
const UNCOUNTED = 2;
const GAP_MS = 150;

type Row = Record<keyof Omit<Join, 'roundTrips'>, Summary> & { roundTrips: number };
/** p50 and p95 at the top are of the first remote picture. */
type Result = Summary & Row;

async function measure(title: string, join: () => Promise<Join>): Promise<Result> {
  const taken: Join[] = [];
  for (let count = 1 - UNCOUNTED; count <= joins; count++) {
    const one = await join();
    if (count >= 1) taken.push(one);
    process.stderr.write(`\r${title}: ${Math.max(count, 0)} of ${joins}`);
  }
  process.stderr.write('\n');
  const of = (key: keyof Join) => summarize(taken.map((one) => one[key]));
  const firstFrame = of('firstFrame');
  return {
    ...firstFrame,
    joined: of('joined'),
    firstFrame,
    allFrames: of('allFrames'),
    seen: of('seen'),
    roundTrips: of('roundTrips').p50,
  };
}

/** In a room of its own, on a host of its own. */
async function inRoom(work: (link: string) => Promise<void>): Promise<void> {
  const host = await Host.start();
  try {
    await work((await host.createRoom()).url);
  } finally {
    await host.dispose();
  }
}

const browser = await chromium.launch(CHROMIUM);
const results: Record<string, Result> = {};
try {
  await inRoom(async (link) => {
    const scenario = await Scenario.create(browser, link, 1, await bare(link));
    results['bare'] = await measure('bare page, 1 other', () => scenario.join({ warm: true }));
    await scenario.close();
  });
  for (const others of options.others.map(Number)) {
    await inRoom(async (link) => {
      const scenario = await Scenario.create(browser, link, others);
      const suffix = others === 1 ? '' : String(others);
      const name = (kind: string) => `${kind}${suffix}`;
      const into = `${others} ${others === 1 ? 'other' : 'others'}`;
      results[name('warm')] = await measure(`warm, ${into}`, () => scenario.join({ warm: true }));
      results[name('cold')] = await measure(`cold, ${into}`, () => scenario.join({ warm: false }));
      if (others === 1) results['pair'] = await measure(`two, ${GAP_MS} ms apart`, () => scenario.joinTwo(GAP_MS));
      await scenario.close();
    });
  }
} finally {
  await browser.close();
}

const cell = ({ p50, p95 }: Summary) => `${p50} / ${p95}`.padStart(15);
const columns = ['joined', 'firstFrame', 'allFrames', 'seen'] as const;
console.log(`\nms from the click, p50 / p95 of ${joins}, 640×360`);
console.log(
  ['', ...columns, 'roundTrips'].map((title, index) => (index ? title.padStart(15) : ' '.repeat(8))).join(''),
);
for (const [name, row] of Object.entries(results)) {
  console.log(
    name.padEnd(8) + columns.map((column) => cell(row[column])).join('') + String(row.roundTrips).padStart(15),
  );
}
if (options.json) console.log(JSON.stringify({ unit: 'ms', joins, ...results }));
