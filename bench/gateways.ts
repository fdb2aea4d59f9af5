/**
 * The cost of each gateway: joining, producing and chat over each, compared with the same calls of mediasoup
 * alone, alternating in one run; and how fast a chat message reaches 200 participants.
 *
 *   npm run bench -- gateways [--json] [--rounds N]
 *
 * The host is a separate process on this machine; all clients are in this process.
 * Progress goes to standard error; with --json the last line of standard output is the result.
 */
import { parseArgs } from 'node:util';
import { Host } from '../e2e/fixtures/host.ts';
import { bareWay } from './gateways/bare.ts';
import { fanOut } from './gateways/fan-out.ts';
import { httpWay } from './gateways/http.ts';
import { plainWebSocketWay } from './gateways/plain-websocket.ts';
import { socketIoWay } from './gateways/socketio.ts';
import type { Person, Way } from './gateways/way.ts';
import { percentile, summarize } from './statistics.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '50' } },
});
const rounds = Number(options.rounds);
/** Rounds before the measured ones, to warm up code and connections. */
const UNCOUNTED = 5;
/** Of one person in one round. */
const PRODUCES = 4;
const CHATS = 4;
/** Clients that send requests at the same time, for the requests per second. */
const CROWD = 8;
const PEOPLE = 200;
const MESSAGES = 40;

const OPERATIONS = ['join', 'produce', 'chat'] as const;
type Operation = (typeof OPERATIONS)[number];

/** The measurements of one operation over one gateway. */
interface Cost {
  /** ms, one request at a time. */
  p50: number;
  p99: number;
  /** With many clients at the same time. */
  perSecond: number;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The calls of one operation by one client in one round; none if the gateway does not have it. */
function steps(person: Person, operation: Operation): (() => Promise<void>)[] {
  const { chat } = person;
  if (operation === 'join') return [() => person.join()];
  if (operation === 'produce') return Array.from({ length: PRODUCES }, () => () => person.produce());
  return chat ? Array.from({ length: CHATS }, () => () => chat()) : [];
}

/** One client joins, makes all calls one after the other, and leaves. */
async function visit(way: Way, note: (operation: Operation, ms: number) => void): Promise<void> {
  const person = await way.arrive();
  for (const operation of OPERATIONS) {
    for (const step of steps(person, operation)) note(operation, await timed(step));
    if (operation === 'join') await person.appear?.();
  }
  await person.leave();
}

/** Requests per second when many clients make the same call at the same time. */
async function crowd(way: Way): Promise<Partial<Record<Operation, number>>> {
  const people = await Promise.all(Array.from({ length: CROWD }, () => way.arrive()));
  const perSecond: Partial<Record<Operation, number>> = {};
  for (const operation of OPERATIONS) {
    const work = people.map((person) => steps(person, operation));
    const count = work.flat().length;
    if (count === 0) continue;
    const ms = await timed(async () => {
      await Promise.all(
        work.map(async (own) => {
          for (const step of own) await step();
        }),
      );
    });
    perSecond[operation] = (count / ms) * 1000;
    if (operation === 'join') await Promise.all(people.map(async (person) => person.appear?.()));
  }
  await Promise.all(people.map((person) => person.leave()));
  return perSecond;
}

const host = await Host.start();
const taken = new Map<string, Map<Operation, number[]>>();
const rates = new Map<string, Map<Operation, number[]>>();
const note = (all: Map<string, Map<Operation, number[]>>, way: Way, operation: Operation, value: number) => {
  const ofWay = all.get(way.name) ?? new Map<Operation, number[]>();
  all.set(way.name, ofWay);
  ofWay.set(operation, [...(ofWay.get(operation) ?? []), value]);
};
let chatFanOut;
try {
  const room = async () => (await host.createRoom()).roomId;
  const ways = [
    await bareWay(new URL(host.url).hostname),
    socketIoWay(host.url, await room()),
    httpWay(host.url, await room()),
    plainWebSocketWay(host.url, await room()),
  ];
  for (let round = 1 - UNCOUNTED; round <= rounds; round++) {
    for (const way of ways) {
      await visit(way, (operation, ms) => {
        if (round >= 1) note(taken, way, operation, ms);
      });
      const perSecond = await crowd(way);
      for (const operation of OPERATIONS) {
        const rate = perSecond[operation];
        if (round >= 1 && rate !== undefined) note(rates, way, operation, rate);
      }
    }
    process.stderr.write(`\rround ${Math.max(round, 0)} of ${rounds}`);
  }
  process.stderr.write('\n');
  chatFanOut = summarize(await fanOut(host.url, await room(), { count: PEOPLE, messages: MESSAGES }));
  for (const way of ways) await way.close();
} finally {
  await host.dispose();
}

const round = (value: number) => Math.round(value * 100) / 100;
const result: Record<string, Partial<Record<Operation, Cost>>> = {};
for (const [way, ofWay] of taken) {
  const costs: Partial<Record<Operation, Cost>> = {};
  for (const [operation, ms] of ofWay) {
    costs[operation] = {
      p50: round(percentile(ms, 0.5)),
      p99: round(percentile(ms, 0.99)),
      perSecond: Math.round(percentile(rates.get(way)?.get(operation) ?? [], 0.5)),
    };
  }
  result[way] = costs;
}

console.log(`\n${''.padEnd(18)}${OPERATIONS.map((name) => name.padEnd(30)).join('')}`);
console.log(`${''.padEnd(18)}${OPERATIONS.map(() => 'p50 / p99 ms    per second'.padEnd(30)).join('')}`);
for (const [way, costs] of Object.entries(result)) {
  const cells = OPERATIONS.map((operation) => {
    const cost = costs[operation];
    return (cost ? `${cost.p50} / ${cost.p99}`.padEnd(16) + String(cost.perSecond) : '').padEnd(30);
  });
  console.log(way.padEnd(18) + cells.join(''));
}
console.log(`chat to ${PEOPLE} people: ${chatFanOut.p50} / ${chatFanOut.p95} ms (p50 / p95)`);
if (options.json) console.log(JSON.stringify({ name: 'gateways', unit: 'ms', ways: result, chatFanOut }));
