/** The app on a computer of its own: what its home screen lists, and what it announces. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from './test.ts';

const PROGRAM = fileURLToPath(new URL('home.ts', import.meta.url));
/** The app asks twice a second, and a room's host every 5 s. */
const SHOWN_MS = 3000;
const ROOMS_MS = 8000;

test('the app lists a host nearby with its rooms, drops it, and is found while it hosts', async ({
  computer,
  host,
  look,
  measured,
}) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-lab-app-'));
  const [one, other] = [await computer('10.77.0.1/24'), await computer('10.77.0.2/24')];
  const app = other.start(process.execPath, [PROGRAM, data], {}, { input: true });
  let shown = '';
  if (!app.stdout) throw new Error('no output');
  createInterface({ input: app.stdout }).on('line', (line) => {
    // Others are of the program that starts the app.
    const [, json] = /^nearby (.*)$/.exec(line) ?? [];
    if (json !== undefined) shown = String(JSON.parse(json));
  });
  app.stderr?.pipe(process.stderr);
  const shows = async (text: RegExp, timeout: number) => {
    const began = performance.now();
    await expect.poll(() => shown, { timeout, intervals: [50] }).toMatch(text);
    return (performance.now() - began) / 1000;
  };
  await shows(/No other computer on this network/, 60_000);

  const desk = await host(one, 'Desk');
  measured('shown by the app after its start', await shows(/Desk/, SHOWN_MS));
  const settings = { nearby: 'listed' };
  const body = JSON.stringify({ hostName: 'Bo', name: 'Lab review', settings });
  await one.ask('curl', ['-sk', '-H', 'content-type: application/json', '-d', body, `${desk.url}/api/rooms`]);
  measured('its room shown by the app', await shows(/Lab review\s+Desk · 0 in/, ROOMS_MS));
  await desk.end('SIGTERM');
  measured('dropped by the app after its goodbye', await shows(/No other computer/, SHOWN_MS));

  const looking = look(one);
  await looking.until((hosts) => hosts.length === 0, SHOWN_MS);
  app.stdin?.write('host\n');
  await shows(/hosting/, 60_000);
  await looking.until((hosts) => hosts.length === 1, SHOWN_MS);
  const origin = looking.hosts[0]?.origins[0];
  const answer: unknown = JSON.parse(await one.ask('curl', ['-sk', `${origin}/api/nearby`]));
  // That there is a meeting, and nothing of it.
  expect(answer).toEqual({ rooms: [{ knockId: expect.any(String), locked: false }] });
  await rm(data, { recursive: true, force: true });
});
