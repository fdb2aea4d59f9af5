/** The dashboard of docs/monitoring: each of its queries, on a real Prometheus that reads a real host. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveHost, startLiveHost } from '../testing.ts';

const PROMETHEUS = process.env['PARLEY_PROMETHEUS'] ?? 'prometheus';
const MISSING = `${PROMETHEUS} cannot be run. \`npm test\` provides it on Debian and Ubuntu; elsewhere name one in PARLEY_PROMETHEUS`;
const DOCS = join(import.meta.dirname, '../../../docs/monitoring');

const Dashboard = v.object({
  panels: v.array(v.object({ title: v.string(), targets: v.array(v.object({ expr: v.string() })) })),
});
const Answer = v.variant('status', [
  v.object({
    status: v.literal('success'),
    data: v.object({ result: v.array(v.object({ value: v.tuple([v.number(), v.string()]) })) }),
  }),
  v.object({ status: v.literal('error'), error: v.string() }),
]);

const found = spawnSync(PROMETHEUS, ['--version']).status === 0;
let folder: string;
let live: LiveHost;
let prometheus: ChildProcess | null = null;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-prometheus-'));
  live = await startLiveHost({ monitoring: { port: 0 } });
  if (!found) return;
  port = await freePort();
  const config = (await readFile(join(DOCS, 'prometheus.yml'), 'utf8'))
    .replace('scrape_configs:', 'global:\n  scrape_interval: 1s\nscrape_configs:')
    .replace("'127.0.0.1:9464'", `'127.0.0.1:${live.host.monitoringPort}'`);
  await writeFile(join(folder, 'prometheus.yml'), config);
  const options = {
    'config.file': 'prometheus.yml',
    'storage.tsdb.path': 'data',
    'web.listen-address': `127.0.0.1:${port}`,
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  prometheus = spawn(PROMETHEUS, args, { cwd: folder, stdio: 'ignore' });
});
afterAll(async () => {
  if (prometheus?.exitCode === null) {
    const ended = once(prometheus, 'exit');
    prometheus.kill();
    await ended;
  }
  await live.close();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** How many numbers a query finds now. @throws it is no query */
async function numbersOf(query: string): Promise<number> {
  const asked = await fetch(`http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
  const answer = v.parse(Answer, await asked.json());
  if (answer.status === 'error') throw new Error(`${query}: ${answer.error}`);
  return answer.data.result.filter(({ value: [, text] }) => Number.isFinite(Number(text))).length;
}

test('every query of the dashboard finds something', { timeout: 120_000 }, async ({ skip }) => {
  // Never passed over in silence: it fails where everything is to be there, and is listed as not run elsewhere.
  if (!found && process.env['CI'] && process.platform === 'linux') throw new Error(MISSING);
  if (!found) skip(MISSING);
  const { panels } = v.parse(Dashboard, JSON.parse(await readFile(join(DOCS, 'grafana-dashboard.json'), 'utf8')));
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(queries.length).toBeGreaterThanOrEqual(panels.length);

  const { roomId } = await live.makeRoom();
  let people = 0;
  for (const query of queries) {
    // As Grafana fills in its variables.
    const filled = query.replaceAll('$__rate_interval', '10s').replaceAll('$instance', '.*');
    expect(filled).not.toContain('$');
    await expect
      .poll(
        async () => {
          // Rates need something that happens while Prometheus looks.
          const person = live.connect();
          await person.join(roomId, `person-${people++}`);
          person.socket.disconnect();
          return numbersOf(filled).catch((error: unknown) => {
            if (error instanceof TypeError) return 0;
            throw error;
          });
        },
        { timeout: 30_000, interval: 500, message: query },
      )
      .toBeGreaterThan(0);
  }
});
