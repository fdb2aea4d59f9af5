/**
 * A program for a computer of the lab: the app at home. Writes what it lists under *Nearby* as a line of `nearby`
 * and JSON whenever that has changed, and hosts a meeting when it is told to by a line on standard input.
 */
import { once } from 'node:events';
import { App } from '../desktop/app.ts';
import { launchApp } from '../desktop/launch.ts';

/** How exactly the lab measures, ms. */
const LOOK_MS = 50;

const [dataDir = ''] = process.argv.slice(2);
const app = new App(await launchApp({ dataDir, env: { PARLEY_PORT: '0', PARLEY_DISCOVERY: 'on' } }));
const home = await app.home();
const section = home.getByRole('region', { name: 'Nearby' });
await section.waitFor();
let last = '';
const looking = setInterval(() => {
  section
    .innerText()
    .then((text) => {
      if (text !== last) process.stdout.write(`nearby ${JSON.stringify(text)}\n`);
      last = text;
    })
    // The window is being replaced by that of a meeting.
    .catch(() => undefined);
}, LOOK_MS);
await once(process.stdin, 'data');
clearInterval(looking);
await app.host('Ada');
process.stdout.write('nearby "hosting"\n');
