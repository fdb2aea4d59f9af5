/**
 * How long the host takes to answer while many clients have asked for a file and do not read it: the 95th
 * percentile with and without them, alternating in one run.
 *
 *   npm run bench -- half-read [--json] [--sockets N] [--rounds N]
 *
 * The host is a separate process on this machine; all clients are in this process.
 * Progress goes to standard error; with --json the last line of standard output is the result.
 */
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { parseArgs } from 'node:util';
import { MAX_REQUEST_BURST_PER_ADDRESS } from '../src-shared/limits.ts';
import { Host } from '../e2e/fixtures/host.ts';
import { percentile } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sockets: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
  },
});
const sockets = Number(options.sockets);
const rounds = Number(options.rounds);
/** Requests that are timed in each round. Below what one address may ask for at once. */
const REQUESTS = MAX_REQUEST_BURST_PER_ADDRESS / 2;
/** Clients that connect at the same time. */
const AT_ONCE = 20;
/** Sockets of one loopback address, so that none reaches the bounds per address. */
const PER_ADDRESS = 250;
/** Time for the rates per address to recover between rounds, ms. */
const REST_MS = 4000;

const host = await Host.start();
const { hostname, port } = new URL(host.url);
const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });

/** The largest file of the page. */
function largestAsset(): string {
  const folder = join(import.meta.dirname, '../dist/renderer/assets');
  const sized = readdirSync(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }));
  return `/assets/${sized.sort((one, other) => other.size - one.size)[0]?.name ?? ''}`;
}

/** ms */
async function timedRequest(): Promise<number> {
  const began = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`https://127.0.0.1:${port}/api/host`, { agent }, resolve).once('error', reject);
  });
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`The host answers ${response.statusCode}.`);
  return performance.now() - began;
}

async function p95(): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < REQUESTS; count++) times.push(await timedRequest());
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  return percentile(times, 0.95);
}

/** Asks for a file and never reads the answer. */
async function halfReader(index: number): Promise<TLSSocket> {
  const localAddress = `127.0.1.${1 + Math.floor(index / PER_ADDRESS)}`;
  const plain = connectPlain({ host: '127.0.0.1', port: Number(port), localAddress });
  const socket = connect({ socket: plain, rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  socket.pause();
  socket.write(`GET ${asset} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n`);
  return socket;
}

const asset = largestAsset();
const without: number[] = [];
const during: number[] = [];
try {
  await p95();
  for (let round = 0; round < rounds; round++) {
    without.push(await p95());
    const readers: TLSSocket[] = [];
    while (readers.length < sockets) {
      const count = Math.min(AT_ONCE, sockets - readers.length);
      readers.push(...(await Promise.all(Array.from({ length: count }, (_, i) => halfReader(readers.length + i)))));
    }
    during.push(await p95());
    const open = readers.filter(({ destroyed }) => !destroyed).length;
    for (const reader of readers) reader.destroy();
    process.stderr.write(
      `round ${round + 1}: ${without.at(-1)?.toFixed(2)} ms, with ${open} half-read ${during.at(-1)?.toFixed(2)} ms\n`,
    );
  }
} finally {
  agent.destroy();
  await host.dispose();
}
const result = { p95: percentile(without, 0.5), p95HalfRead: percentile(during, 0.5) };
const ratio = result.p95HalfRead / result.p95;
process.stderr.write(
  `p95 of a request at ${hostname}: ${result.p95.toFixed(2)} ms; with ${sockets} half-read sockets ${ratio.toFixed(2)} times that\n`,
);
if (options.json) process.stdout.write(`${JSON.stringify({ ...result, ratio })}\n`);
