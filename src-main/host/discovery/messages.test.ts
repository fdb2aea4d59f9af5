import { encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import * as limits from '../../../src-shared/limits.ts';
import { linksOf } from './links.ts';
import { readMessage, Reception, type ResourceRecord, writeMessage } from './messages.ts';
import { card } from './testing.ts';

const QUERY = writeMessage({ response: false, questions: [{ name: '_parley._tcp.local', type: 'PTR' }] });
const [link] = linksOf(card('10.0.0.2/24'));
const sender = (address: string) => ({ address, port: 5353 });

describe('messages', () => {
  it('are read as they were written', () => {
    const answers: ResourceRecord[] = [
      { type: 'PTR', name: '_parley._tcp.local', ttl: 4500, flush: false, data: 'a._parley._tcp.local' },
      { type: 'SRV', name: 'a._parley._tcp.local', ttl: 120, flush: true, data: { target: 'b.local', port: 7443 } },
      { type: 'TXT', name: 'a._parley._tcp.local', ttl: 4500, flush: true, data: ['name=ü', 'x'] },
      { type: 'A', name: 'b.local', ttl: 120, flush: true, data: '10.0.0.2' },
      { type: 'AAAA', name: 'b.local', ttl: 0, flush: true, data: 'fd00::2' },
    ];
    expect(readMessage(writeMessage({ response: true, answers }))).toMatchObject({
      response: true,
      answers,
      questions: [],
    });
    expect(readMessage(QUERY)).toMatchObject({
      response: false,
      questions: [{ name: '_parley._tcp.local', type: 'PTR' }],
    });
  });

  it('of another operation or with an error are ignored', () => {
    expect(readMessage(encode({ type: 'response', flags: 3 }))).toBeNull();
    expect(readMessage(encode({ type: 'query', flags: 5 << 11 }))).toBeNull();
  });

  it('with records that are none of discovery’s are read without those', () => {
    const bytes = encode({
      type: 'response',
      answers: [
        { type: 'HINFO', name: 'x.local', data: { cpu: 'a', os: 'b' } },
        { type: 'SRV', name: 'x.local', ttl: 1, data: { target: 'y.local', port: 0 } },
        { type: 'A', name: 'x.local', ttl: 1, data: '10.0.0.9' },
      ],
    });
    expect(readMessage(bytes)?.answers.map(({ type }) => type)).toEqual(['A']);
  });

  it('that are noise are ignored, however they are cut', () => {
    for (let end = 0; end < QUERY.length; end++) expect(readMessage(QUERY.subarray(0, end))).toBeNull();
    // A name that points to itself.
    expect(readMessage(Buffer.concat([QUERY.subarray(0, 12), Buffer.from([0xc0, 12, 0, 12, 0, 1])]))).toBeNull();
  });
});

describe('reception', () => {
  if (!link) throw new Error('no link');

  it('takes what comes from the link alone', () => {
    const reception = new Reception();
    expect(reception.read(QUERY, link, sender('10.0.0.7'))).not.toBeNull();
    expect(reception.read(QUERY, link, sender('203.0.113.9'))).toBeNull();
  });

  it('takes messages up to a size', () => {
    const { MAX_DISCOVERY_MESSAGE_BYTES: most } = limits;
    expect(most).toBe(9000);
    const filled = (bytes: number) => Buffer.concat([QUERY, Buffer.alloc(bytes - QUERY.length)]);
    expect(new Reception().read(filled(9000), link, sender('10.0.0.7'))).not.toBeNull();
    expect(new Reception().read(filled(9001), link, sender('10.0.0.7'))).toBeNull();
  });

  it('takes so many from one address, at once and each second', () => {
    expect(limits.MAX_DISCOVERY_MESSAGE_BURST_PER_ADDRESS).toBe(200);
    expect(limits.MAX_DISCOVERY_MESSAGES_PER_SECOND_PER_ADDRESS).toBe(20);
    let now = 0;
    const reception = new Reception(() => now);
    const taken = (address: string, count: number) =>
      Array.from({ length: count }, () => reception.read(QUERY, link, sender(address))).filter(Boolean).length;
    expect(taken('10.0.0.7', 300)).toBe(200);
    expect(taken('10.0.0.8', 1)).toBe(1);
    now += 1000;
    expect(taken('10.0.0.7', 300)).toBe(20);
  });
});
