/** Messages of multicast DNS (RFC 6762): the part of them that discovery needs, read with care. */
import { AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';
import * as v from 'valibot';
import {
  MAX_DISCOVERY_MESSAGE_BURST_PER_ADDRESS,
  MAX_DISCOVERY_MESSAGE_BYTES,
  MAX_DISCOVERY_MESSAGES_PER_SECOND_PER_ADDRESS,
  MAX_TRACKED_ADDRESSES,
} from '../../../src-shared/limits.ts';
import { RateLimits } from '../rates/rate-limit.ts';
import { isOnLink, type Link } from './links.ts';

/** The port of multicast DNS. */
export const MDNS_PORT = 5353;

/** The bits of the operation and the result: a message with another than 0 is ignored (RFC 6762, section 18). */
const NOT_STANDARD = 0x7800 | 0x000f;

const Common = { name: v.string(), ttl: v.pipe(v.number(), v.minValue(0)), flush: v.optional(v.boolean(), false) };
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));

const ResourceRecord = v.variant('type', [
  v.object({ ...Common, type: v.literal('PTR'), data: v.string() }),
  v.object({ ...Common, type: v.literal('SRV'), data: v.object({ target: v.string(), port: Port }) }),
  v.object({
    ...Common,
    type: v.literal('TXT'),
    data: v.array(
      v.pipe(
        v.instance(Uint8Array),
        v.transform((bytes) => new TextDecoder().decode(bytes)),
      ),
    ),
  }),
  v.object({ ...Common, type: v.literal('A'), data: v.pipe(v.string(), v.ipv4()) }),
  v.object({ ...Common, type: v.literal('AAAA'), data: v.pipe(v.string(), v.ipv6()) }),
]);

/** One record; `flush`: it replaces the others of its name and type (RFC 6762, section 10.2). `ttl` in seconds. */
export type ResourceRecord = v.InferOutput<typeof ResourceRecord>;

export interface Question {
  readonly name: string;
  readonly type: ResourceRecord['type'] | 'ANY';
}

export interface Message {
  readonly response: boolean;
  readonly id: number;
  readonly questions: readonly Question[];
  /** Of a query: what the asker knows already. */
  readonly answers: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  /** Of a query: the records that the asker wants to announce (RFC 6762, section 8.1). */
  readonly authorities: readonly ResourceRecord[];
}

/** What is sent; `id` is 0 but for an answer to a simple resolver. */
export type Outgoing = Pick<Message, 'response'> & Partial<Omit<Message, 'response'>>;

const Question = v.object({ name: v.string(), type: v.picklist(['PTR', 'SRV', 'TXT', 'A', 'AAAA', 'ANY']) });
const Decoded = v.object({
  id: v.number(),
  flags: v.number(),
  flag_qr: v.boolean(),
  questions: v.array(v.unknown()),
  answers: v.array(v.unknown()),
  additionals: v.array(v.unknown()),
  authorities: v.array(v.unknown()),
});

/** Who sent a message. */
export interface Sender {
  readonly address: string;
  readonly port: number;
}

/** Reads what arrives: only from the link itself, so often, and so large. */
export class Reception {
  /** For each single address: all devices on a link may have link-local ones, which others count as one. */
  readonly #rates: RateLimits;

  /** @param now milliseconds, of any beginning */
  constructor(now: () => number = () => performance.now()) {
    const burst = MAX_DISCOVERY_MESSAGE_BURST_PER_ADDRESS;
    const perSecond = MAX_DISCOVERY_MESSAGES_PER_SECOND_PER_ADDRESS;
    this.#rates = new RateLimits(now, { burst, perSecond }, MAX_TRACKED_ADDRESSES);
  }

  /** Null: the message is ignored. */
  read(bytes: Buffer, link: Link, { address }: Sender): Message | null {
    if (bytes.length > MAX_DISCOVERY_MESSAGE_BYTES || !isOnLink(link, address)) return null;
    return this.#rates.take(address) ? readMessage(bytes) : null;
  }
}

/** Null: it is no message of multicast DNS. Records of other types are left out. */
export function readMessage(bytes: Buffer): Message | null {
  const decoded = v.safeParse(Decoded, decodeOrNull(bytes));
  if (!decoded.success || (decoded.output.flags & NOT_STANDARD) !== 0) return null;
  const { id, flag_qr: response, questions, answers, additionals, authorities } = decoded.output;
  return {
    id,
    response,
    questions: fitting(Question, questions),
    answers: fitting(ResourceRecord, answers),
    additionals: fitting(ResourceRecord, additionals),
    authorities: fitting(ResourceRecord, authorities),
  };
}

export function writeMessage({ response, id = 0, questions, answers, additionals, authorities }: Outgoing): Buffer {
  return encode({
    type: response ? 'response' : 'query',
    id,
    flags: response ? AUTHORITATIVE_ANSWER : 0,
    // The types of the package lack `ANY`, which it encodes.
    questions: questions?.map(({ name, type }) => ({ name, type: type as 'A' })) ?? [],
    answers: copies(answers),
    additionals: copies(additionals),
    authorities: copies(authorities),
  });
}

/** The package changes the data of TXT records while it writes them. */
const copies = (records: readonly ResourceRecord[] = []) =>
  records.map((record) => (record.type === 'TXT' ? { ...record, data: [...record.data] } : record));

/** Names of DNS are compared without regard to case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function decodeOrNull(bytes: Buffer): unknown {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}

function fitting<Schema extends v.GenericSchema>(schema: Schema, all: readonly unknown[]): v.InferOutput<Schema>[] {
  return all.flatMap((one) => {
    const read = v.safeParse(schema, one);
    return read.success ? [read.output] : [];
  });
}
