/** The records of one announced host, and what follows from them (RFC 6762, RFC 6763). No input or output. */
import { isIPv4 } from 'node:net';
import { isSameName, type Message, type Outgoing, type ResourceRecord } from './messages.ts';
import { type HostDescription, hostNameOf, instanceOf, SERVICE, SERVICE_TYPES, txtOf } from './service.ts';

/** How long others may keep a record, s (RFC 6762, section 10): those with an address, and the others. */
const HOST_TTL = 120;
const OTHER_TTL = 4500;
/** How long a simple resolver may keep an answer, s (RFC 6762, section 6.7). */
const SIMPLE_TTL = 10;

export interface AnnouncedHost extends HostDescription {
  readonly port: number;
  /** 1, or more when another host on the network has the name. */
  readonly attempt: number;
}

export interface HostRecords {
  /** Others may announce more of these: the host among the instances of its service. */
  readonly shared: readonly ResourceRecord[];
  /** Nobody else may announce these. */
  readonly unique: readonly ResourceRecord[];
}

/** @param addresses the IP addresses of the host on the link that the records are for */
export function recordsOf(host: AnnouncedHost, addresses: readonly string[]): HostRecords {
  const instance = instanceOf(host.name, host.attempt);
  const target = hostNameOf(host.fingerprint);
  return {
    shared: [
      { type: 'PTR', name: SERVICE, ttl: OTHER_TTL, flush: false, data: instance },
      { type: 'PTR', name: SERVICE_TYPES, ttl: OTHER_TTL, flush: false, data: SERVICE },
    ],
    unique: [
      { type: 'SRV', name: instance, ttl: HOST_TTL, flush: true, data: { target, port: host.port } },
      { type: 'TXT', name: instance, ttl: OTHER_TTL, flush: true, data: txtOf(host) },
      ...addresses.map((data): ResourceRecord => {
        const type = isIPv4(data) ? 'A' : 'AAAA';
        return { type, name: target, ttl: HOST_TTL, flush: true, data };
      }),
    ],
  };
}

/** Asks whether anybody has these names already (RFC 6762, section 8.1). */
export function probe({ unique }: HostRecords): Outgoing {
  const names = new Set(unique.map(({ name }) => name));
  return {
    response: false,
    questions: [...names].map((name) => ({ name, type: 'ANY' })),
    authorities: unique.map((record) => ({ ...record, flush: false })),
  };
}

export function announcement({ shared, unique }: HostRecords): Outgoing {
  return { response: true, answers: [...shared, ...unique] };
}

/** Tells everybody to forget the host (RFC 6762, section 10.1); not its type of service, which others may have. */
export function goodbye({ shared, unique }: HostRecords): Outgoing {
  const own = shared.filter(({ name }) => name === SERVICE);
  return { response: true, answers: [...own, ...unique].map((record) => ({ ...record, ttl: 0 })) };
}

/** The answer to a query; null: it does not ask for this host, or the asker knows the answer. */
export function answerTo(query: Message, { shared, unique }: HostRecords): Outgoing | null {
  const all = [...shared, ...unique];
  const asked = all.filter(({ name, type }) =>
    query.questions.some((question) => isSameName(question.name, name) && ['ANY', type].includes(question.type)),
  );
  const answers = asked.filter((record) => !query.answers.some((known) => isKnown(record, known)));
  if (answers.length === 0) return null;
  return { response: true, answers, additionals: unique.filter((record) => !answers.includes(record)) };
}

/** The same answer for a program that asks as of a DNS server: once, from a port of its own. */
export function forSimpleResolver(answer: Outgoing, { id, questions }: Message): Outgoing {
  const simple = (records: readonly ResourceRecord[] = []) =>
    records.map((record) => ({ ...record, ttl: Math.min(record.ttl, SIMPLE_TTL), flush: false }));
  return { ...answer, id, questions, answers: simple(answer.answers), additionals: simple(answer.additionals) };
}

/** Whether somebody else announces this host's instance with other data (RFC 6762, section 9). */
export function isTaken({ answers, additionals }: Message, { unique }: HostRecords): boolean {
  return [...answers, ...additionals].some((theirs) => {
    const own = unique.filter(({ name, type }) => type === theirs.type && isSameName(name, theirs.name));
    const [first] = own;
    if (theirs.ttl === 0 || first === undefined || !(first.type === 'SRV' || first.type === 'TXT')) return false;
    return dataOf(theirs) !== dataOf(first);
  });
}

/**
 * Whether somebody who asks for the same instance at the same moment has precedence (RFC 6762, section 8.2): the
 * later in the order of type and data.
 */
export function losesTo({ authorities }: Message, { unique }: HostRecords): boolean {
  const instance = unique.find(({ type }) => type === 'SRV')?.name ?? '';
  const sorted = (records: readonly ResourceRecord[]) =>
    records.flatMap((one) => (isSameName(one.name, instance) ? [`${one.type} ${dataOf(one)}`] : [])).toSorted();
  const theirs = sorted(authorities);
  const own = sorted(unique);
  const differing = theirs.findIndex((one, index) => one !== own[index]);
  return differing >= 0 && (theirs[differing] ?? '') > (own[differing] ?? '');
}

/** Whether the asker has this record, and for long enough (RFC 6762, section 7.1). */
function isKnown(record: ResourceRecord, known: ResourceRecord): boolean {
  const same = known.type === record.type && isSameName(known.name, record.name) && dataOf(known) === dataOf(record);
  return same && known.ttl >= record.ttl / 2;
}

function dataOf(record: ResourceRecord): string {
  if (record.type === 'SRV') return `${record.data.target.toLowerCase()}:${record.data.port}`;
  return record.type === 'TXT' ? JSON.stringify(record.data) : record.data.toLowerCase();
}
