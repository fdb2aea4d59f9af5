/** A program for a computer of the lab: looks for hosts, and writes them as a line of JSON whenever they have changed. */
import { browse } from '../../src-main/host/discovery/index.ts';
import { createLog } from '../../src-main/host/operations/log.ts';
import { systemClock } from '../../src-main/host/system-clock.ts';

/** How exactly the lab measures, ms. */
const LOOK_MS = 20;

const browser = await browse({ log: createLog(process.stderr), clock: systemClock });
let last = '';
setInterval(() => {
  const now = JSON.stringify(browser.hosts);
  if (now !== last) process.stdout.write(`${now}\n`);
  last = now;
}, LOOK_MS);
