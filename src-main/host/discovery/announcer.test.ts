import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../meeting/testing.ts';
import { announcedAddresses, type Interfaces } from '../network/interfaces.ts';
import { Announcer, PROBE_PAUSE_MS, REPEAT_MS, YIELD_MS } from './announcer.ts';
import { linksOf } from './links.ts';
import type { Message, Question, ResourceRecord } from './messages.ts';
import { SERVICE, SERVICE_TYPES } from './service.ts';
import { card, FINGERPRINT, Lan, OTHER_FINGERPRINT } from './testing.ts';

/** Three questions, the pauses between them, and the first announcement. */
const ANNOUNCED_MS = 3 * PROBE_PAUSE_MS;
const DELAY_MS = 20;

let clock: FakeClock;
let lan: Lan;

beforeEach(() => {
  clock = new FakeClock();
  lan = new Lan();
});

async function host({
  fingerprint = FINGERPRINT,
  at = card('10.0.0.2/24'),
}: { fingerprint?: string; at?: Interfaces } = {}) {
  const state = { name: 'desk', version: '1', fingerprint, port: 7443, at };
  const announcer = new Announcer({
    host: () => state,
    addresses: () => announcedAddresses(state.at),
    interfaces: () => state.at,
    clock,
    random: () => 0,
    connect: lan.connect(() => state.at),
  });
  await announcer.refresh();
  return { announcer, state };
}

/** Somebody else on the network. */
const [stranger] = linksOf(card('10.0.0.9/24'));
function say(message: Partial<Omit<Message, 'response'>> & { response: boolean }, port?: number): void {
  if (!stranger) throw new Error('no link');
  lan.carry(stranger, message, port === undefined ? {} : { port });
}
const ask = (...questions: Question[]) => say({ response: false, questions });

const responses = () =>
  lan.sent.filter(({ message, from }) => message.response && from !== stranger).map(({ message }) => message);
const lines = (records: readonly ResourceRecord[] = []) =>
  records.map(({ type, name, ttl }) => `${type} ${name} ${ttl}`);

const ALL = [
  `PTR ${SERVICE} 4500`,
  `PTR ${SERVICE_TYPES} 4500`,
  `SRV desk.${SERVICE} 120`,
  `TXT desk.${SERVICE} 4500`,
  'A parley-434485d6997de2e0.local 120',
];

describe('a host', () => {
  it('asks three times whether its names are free, then announces itself twice', async () => {
    await host();
    clock.advance(ANNOUNCED_MS - 1);
    expect(responses()).toEqual([]);
    expect(lan.sent.map(({ message }) => message.questions.map(({ type, name }) => `${type} ${name}`))).toEqual(
      Array.from({ length: 3 }, () => [`ANY desk.${SERVICE}`, 'ANY parley-434485d6997de2e0.local']),
    );
    clock.advance(1 + REPEAT_MS);
    expect(responses().map(({ answers }) => lines(answers))).toEqual([ALL, ALL]);
  });

  it('says nothing of itself on a network where it cannot be reached', async () => {
    await host({ at: card('169.254.7.7/16') });
    clock.advance(10_000);
    expect(lan.sent).toEqual([]);
  });

  it('says goodbye, once it has been announced', async () => {
    const { announcer } = await host();
    clock.advance(ANNOUNCED_MS);
    await announcer.close();
    expect(lines(responses().at(-1)?.answers)).toEqual([
      `PTR ${SERVICE} 0`,
      `SRV desk.${SERVICE} 0`,
      `TXT desk.${SERVICE} 0`,
      'A parley-434485d6997de2e0.local 0',
    ]);
    const { length } = lan.sent;
    await announcer.close();
    await announcer.refresh();
    clock.advance(10_000);
    expect(lan.sent).toHaveLength(length);
  });

  it('announces its new address in place of the old one', async () => {
    const { announcer, state } = await host();
    clock.advance(ANNOUNCED_MS + REPEAT_MS);
    state.at = card('10.0.0.44/24');
    await announcer.refresh();
    clock.advance(ANNOUNCED_MS);
    expect(responses().at(-1)?.answers.at(-1)).toMatchObject({ type: 'A', data: '10.0.0.44', flush: true });
  });

  it('announces a new key at once', async () => {
    const { announcer, state } = await host();
    clock.advance(ANNOUNCED_MS + REPEAT_MS);
    state.fingerprint = OTHER_FINGERPRINT;
    await announcer.refresh();
    expect(JSON.stringify(responses().at(-1))).toContain(`fp=${OTHER_FINGERPRINT}`);
  });
});

describe('whoever asks', () => {
  beforeEach(async () => {
    await host();
    clock.advance(ANNOUNCED_MS + REPEAT_MS);
    lan.sent.length = 0;
  });
  const answered = () => responses().map(({ answers, additionals }) => [lines(answers), lines(additionals)]);

  it('for hosts is answered with all of this one, a moment later', () => {
    ask({ name: SERVICE.toUpperCase(), type: 'PTR' });
    expect(answered()).toEqual([]);
    clock.advance(DELAY_MS);
    expect(answered()).toEqual([[[ALL[0]], ALL.slice(2)]]);
  });

  it('for services, for the instance or its address is answered', () => {
    ask({ name: SERVICE_TYPES, type: 'PTR' });
    clock.advance(DELAY_MS);
    ask({ name: `desk.${SERVICE}`, type: 'SRV' });
    ask({ name: 'parley-434485d6997de2e0.local', type: 'ANY' });
    clock.advance(0);
    expect(answered().map(([answers]) => answers)).toEqual([[ALL[1]], [ALL[2]], [ALL[4]]]);
  });

  it('for something else is not answered', () => {
    ask({ name: '_http._tcp.local', type: 'PTR' }, { name: `desk.${SERVICE}`, type: 'A' });
    clock.advance(10_000);
    expect(responses()).toEqual([]);
  });

  it('and knows the answer for long enough is not answered', () => {
    const known = (ttl: number): ResourceRecord => ({
      type: 'PTR',
      name: SERVICE,
      ttl,
      flush: false,
      data: `desk.${SERVICE}`,
    });
    say({ response: false, questions: [{ name: SERVICE, type: 'PTR' }], answers: [known(2250)] });
    clock.advance(DELAY_MS);
    expect(responses()).toEqual([]);
    say({ response: false, questions: [{ name: SERVICE, type: 'PTR' }], answers: [known(2249)] });
    clock.advance(DELAY_MS);
    expect(responses()).toHaveLength(1);
  });

  it('is answered once a second, however many ask', () => {
    for (let asked = 0; asked < 100; asked++) {
      ask({ name: SERVICE, type: 'PTR' });
      clock.advance(20);
    }
    expect(responses()).toHaveLength(2);
  });

  it('as of a DNS server is answered alone, with the question', () => {
    const question: Question = { name: SERVICE, type: 'PTR' };
    say({ response: false, id: 7, questions: [question] }, 40_000);
    const [answer] = lan.sent.filter(({ message }) => message.response);
    expect(answer).toMatchObject({
      to: { address: '10.0.0.9', port: 40_000 },
      message: { id: 7, questions: [question] },
    });
    expect(answer?.message.answers).toMatchObject([{ ttl: 10, flush: false }]);
  });
});

describe('two hosts of one name', () => {
  it('get two names: the second is told while it asks', async () => {
    await host();
    clock.advance(ANNOUNCED_MS + REPEAT_MS);
    await host({ fingerprint: OTHER_FINGERPRINT, at: card('10.0.0.3/24') });
    clock.advance(10_000);
    expect(names()).toEqual([`desk (2).${SERVICE}`, `desk.${SERVICE}`]);
  });

  it('get two names when they start together', async () => {
    await host();
    await host({ fingerprint: OTHER_FINGERPRINT, at: card('10.0.0.3/24') });
    clock.advance(YIELD_MS + 10_000);
    expect(names()).toEqual([`desk (2).${SERVICE}`, `desk.${SERVICE}`]);
  });

  it('get two names when their networks meet later', async () => {
    const { announcer } = await host();
    clock.advance(ANNOUNCED_MS + REPEAT_MS);
    const target = { target: 'other.local', port: 1 };
    say({ response: true, answers: [{ type: 'SRV', name: `desk.${SERVICE}`, ttl: 120, flush: true, data: target }] });
    clock.advance(10_000);
    expect(lines(responses().at(-1)?.answers)).toContain(`SRV desk (2).${SERVICE} 120`);
    await announcer.close();
  });

  it('somebody who takes every name is given way more and more slowly', async () => {
    await host();
    clock.advance(ANNOUNCED_MS);
    const takeAll = () => {
      const name = lan.sent.at(-1)?.message.questions[0]?.name ?? `desk.${SERVICE}`;
      say({
        response: true,
        answers: [{ type: 'SRV', name, ttl: 120, flush: true, data: { target: 'x.local', port: 1 } }],
      });
    };
    for (let second = 0; second < 60; second++) {
      takeAll();
      clock.advance(1000);
    }
    const asked = lan.sent.filter(({ message, from }) => !message.response && from !== stranger);
    expect(asked.length).toBeLessThan(60);
  });

  /** The names that were announced last, by each address. */
  function names(): string[] {
    const last = new Map<string, string>();
    for (const { message, from } of lan.sent) {
      for (const { type, name } of message.response ? message.answers : [])
        if (type === 'SRV') last.set(from.via, name);
    }
    return [...last.values()].toSorted();
  }
});
