import { beforeEach, describe, expect, it } from 'vitest';
import * as limits from '../../../src-shared/limits.ts';
import { FakeClock } from '../meeting/testing.ts';
import type { Interfaces } from '../network/interfaces.ts';
import { ANSWER_AGAIN_MS, Browser, TICK_MS } from './browser.ts';
import { linksOf } from './links.ts';
import type { ResourceRecord } from './messages.ts';
import { SERVICE, txtOf } from './service.ts';
import { card, FINGERPRINT, Lan, OTHER_FINGERPRINT } from './testing.ts';

const { MAX_ADDRESSES_PER_NEARBY_HOST, MAX_NEARBY_HOSTS, NEARBY_QUERY_MS, NEARBY_SILENCE_MS } = limits;
const [stranger] = linksOf(card('10.0.0.9/24'));

let clock: FakeClock;
let lan: Lan;
let at: Interfaces;
let browser: Browser;

beforeEach(async () => {
  clock = new FakeClock();
  lan = new Lan();
  at = card('10.0.0.1/24');
  browser = new Browser({ clock, connect: lan.connect(() => at) });
  await browser.open();
});

const instance = (label: string) => `${label}.${SERVICE}`;
const ptr = (label: string, ttl = 4500): ResourceRecord => ({
  type: 'PTR',
  name: SERVICE,
  ttl,
  flush: false,
  data: instance(label),
});
const srv = (label: string, target = `${label}.local`, ttl = 120): ResourceRecord => ({
  type: 'SRV',
  name: instance(label),
  ttl,
  flush: true,
  data: { target, port: 7443 },
});
const txt = (label: string, { name = label, fingerprint = FINGERPRINT } = {}): ResourceRecord => ({
  type: 'TXT',
  name: instance(label),
  ttl: 4500,
  flush: true,
  data: txtOf({ name, version: '1', fingerprint }),
});
const a = (label: string, data: string, { ttl = 120, flush = true } = {}): ResourceRecord => ({
  type: 'A',
  name: `${label}.local`,
  ttl,
  flush,
  data,
});
const all = (label: string, address = '10.0.0.9', fingerprint = FINGERPRINT) => [
  ptr(label),
  srv(label),
  txt(label, { fingerprint }),
  a(label, address),
];

function say(...answers: ResourceRecord[]): void {
  if (!stranger) throw new Error('no link');
  lan.carry(stranger, { response: true, answers });
}
const names = () => browser.hosts.map(({ name }) => name);
const origins = () => browser.hosts.flatMap((host) => host.origins);
const asked = () =>
  lan.sent.flatMap(({ message }) =>
    message.response ? [] : [message.questions.map(({ type, name }) => `${type} ${name}`)],
  );
/** Time passes second by second, as ticks are asynchronous. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += TICK_MS) {
    clock.advance(Math.min(TICK_MS, ms - passed));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

describe('looking', () => {
  it('finds a host, with its name, its key and where it is', () => {
    say(...all('desk'));
    expect(browser.hosts).toEqual([
      { name: 'desk', version: '1', fingerprint: FINGERPRINT, origins: ['https://10.0.0.9:7443'], sharesName: false },
    ]);
  });

  it('asks at once, soon again, and then so often that a host that vanished is noticed', async () => {
    expect(asked()).toHaveLength(1);
    await pass(1000);
    expect(asked()).toHaveLength(2);
    await pass(2000);
    expect(asked()).toHaveLength(3);
    expect(NEARBY_QUERY_MS).toBe(8000);
    await pass(7000);
    expect(asked()).toHaveLength(3);
    await pass(1000);
    expect(asked()).toHaveLength(4);
    await pass(16_000);
    expect(asked()).toHaveLength(6);
  });

  it('asks for what a message does not say', async () => {
    say(ptr('desk'));
    expect(browser.hosts).toEqual([]);
    await pass(1000);
    expect(asked()[1]).toEqual([`SRV ${instance('desk')}`]);
    say(srv('desk'));
    await pass(1000);
    expect(asked().at(-1)).toEqual([`TXT ${instance('desk')}`, 'A desk.local', 'AAAA desk.local']);
  });

  it('asks in messages that are read, however much is missing', async () => {
    for (let index = 0; index < 40; index++) say(ptr(`${'x'.repeat(60)}${index}`));
    await pass(1000);
    expect(asked()[1]).toHaveLength(20);
    expect(asked()[2]).toHaveLength(21);
  });

  it('forgets a host at its goodbye', () => {
    say(...all('desk'));
    say(ptr('desk', 0));
    expect(browser.hosts).toEqual([]);
  });

  it('forgets a host that vanished, within 30 s, and not one that answers', async () => {
    expect(NEARBY_SILENCE_MS).toBe(25_000);
    say(...all('desk'));
    await pass(24_000);
    say(ptr('desk'));
    await pass(24_000);
    expect(names()).toEqual(['desk']);
    await pass(2000);
    expect(names()).toEqual([]);
  });

  it('forgets a host whose records are good for less', async () => {
    say(ptr('desk', 3), srv('desk', 'desk.local', 3), txt('desk'), a('desk', '10.0.0.9'));
    expect(names()).toEqual(['desk']);
    say(srv('desk', 'desk.local', 3));
    await pass(4000);
    expect(names()).toEqual([]);
  });

  it('after sleep looks again, and forgets who does not answer', async () => {
    say(...all('desk'), ...all('gone', '10.0.0.8', OTHER_FINGERPRINT));
    clock.sleep(3_600_000);
    await pass(TICK_MS);
    say(ptr('desk'));
    await pass(ANSWER_AGAIN_MS + TICK_MS);
    expect(names()).toEqual(['desk']);
  });

  it('in another network knows nobody of the last one', async () => {
    say(...all('desk'));
    at = card('192.168.1.2/24');
    await pass(TICK_MS);
    expect(names()).toEqual([]);
    expect(browser.hasNetwork).toBe(true);
    at = {};
    await pass(TICK_MS);
    expect(browser.hasNetwork).toBe(false);
  });

  it('ends', async () => {
    await browser.close();
    const { length } = lan.sent;
    await pass(60_000);
    expect(lan.sent).toHaveLength(length);
  });
});

describe('what strangers announce', () => {
  it('under the same name with another key is another host, and shown as such', () => {
    say(
      ...all('desk'),
      ptr('desk (2)'),
      srv('desk (2)', 'other.local'),
      txt('desk (2)', { name: ' DESK', fingerprint: OTHER_FINGERPRINT }),
      a('other', '10.0.0.8'),
    );
    expect(browser.hosts).toMatchObject([
      { name: 'desk', fingerprint: FINGERPRINT, origins: ['https://10.0.0.9:7443'], sharesName: true },
      { name: 'DESK', fingerprint: OTHER_FINGERPRINT, origins: ['https://10.0.0.8:7443'], sharesName: true },
    ]);
  });

  it('with the same key is one host with more addresses: a handshake tells which of them has the key', () => {
    say(...all('desk'), ...all('desk 2', '10.0.0.8'));
    expect(names()).toEqual(['desk']);
    expect(origins()).toEqual(['https://10.0.0.9:7443', 'https://10.0.0.8:7443']);
  });

  it('without a valid key is no host', () => {
    say(
      ptr('x'),
      srv('x'),
      { ...txt('x'), type: 'TXT', data: ['txtvers=1', 'name=x', 'version=1', 'fp=none'] },
      a('x', '10.0.0.9'),
    );
    expect(browser.hosts).toEqual([]);
  });

  it('is never at an address elsewhere, on this computer, or of a link alone', () => {
    for (const address of ['203.0.113.9', '127.0.0.1', '169.254.1.1']) say(...all('desk', address));
    expect(browser.hosts).toEqual([]);
  });

  it('is at the address that it announced last', () => {
    say(...all('desk'));
    say(a('desk', '10.0.0.44'));
    expect(origins()).toEqual(['https://10.0.0.44:7443']);
    say(a('desk', '10.0.0.45', { flush: false }));
    expect(origins()).toEqual(['https://10.0.0.44:7443', 'https://10.0.0.45:7443']);
    say(a('desk', '10.0.0.44', { ttl: 0 }));
    expect(names()).toEqual([]);
  });

  it('is kept up to a number of hosts; those that are there stay', () => {
    expect(MAX_NEARBY_HOSTS).toBe(50);
    const keyOf = (index: number) => String(index).padStart(43, 'A');
    for (let index = 0; index < 60; index++) say(...all(`host${index}`, '10.0.0.9', keyOf(index)));
    expect(names()).toHaveLength(50);
    expect(names()).toContain('host0');
    say(ptr('host0', 0));
    say(...all('host59', '10.0.0.9', keyOf(59)));
    expect(names()).toHaveLength(50);
    expect(names()).toContain('host59');
  });

  it('has up to a number of addresses', () => {
    expect(MAX_ADDRESSES_PER_NEARBY_HOST).toBe(8);
    say(
      ptr('desk'),
      srv('desk'),
      txt('desk'),
      ...Array.from({ length: 20 }, (_, index) => a('desk', `10.0.0.${index + 1}`)),
    );
    expect(origins()).toHaveLength(8);
  });

  it('about other names is not kept', () => {
    say({ ...a('x', '10.0.0.9'), name: 'elsewhere.local' }, { ...srv('x'), name: 'x._http._tcp.local' });
    say(ptr('desk'), srv('desk', 'elsewhere.local'), txt('desk'));
    expect(browser.hosts).toEqual([]);
  });

  it('by a query says nothing', () => {
    if (stranger) lan.carry(stranger, { response: false, authorities: all('desk'), answers: all('desk') });
    expect(browser.hosts).toEqual([]);
  });
});
