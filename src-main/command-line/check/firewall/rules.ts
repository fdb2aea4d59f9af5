/** A packet filter's rules, and what they do with a packet: the common part of nftables and iptables. */

/** The first packet of a guest's connection to this computer. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** The guest's IP address, and the one of this computer that it is sent to. */
  readonly source: string;
  readonly destination: string;
  /** The interface at which it arrives. */
  readonly interface: string;
}

/** Null: it cannot be told. */
export type Answer = boolean | null;
export type Verdict = 'accept' | 'drop' | 'return' | 'unknown' | { readonly jump: string } | { readonly goto: string };

export interface Rule {
  readonly matches: (packet: Packet) => Answer;
  readonly verdict: Verdict;
}

export interface Table {
  readonly family: 'ip' | 'ip6' | 'inet';
  readonly chains: ReadonlyMap<string, readonly Rule[]>;
  /** The chains that packets for this computer enter, with what happens to those that come through. */
  readonly inputs: readonly { readonly chain: string; readonly policy: 'accept' | 'drop' }[];
}

/** `through`: the chain has no say. */
type Outcome = 'accept' | 'drop' | 'unknown' | 'through';

/** Chains that jump to each other further than this are given up (the kernel's own limit is 16). */
const MAX_DEPTH = 16;

/** Whether a packet is let in. A packet must be accepted by every table; one that drops it is enough. */
export function verdictOn(tables: readonly Table[], packet: Packet): 'accept' | 'drop' | 'unknown' {
  const family = packet.source.includes(':') ? 'ip6' : 'ip';
  const outcomes = tables
    .filter((table) => table.family === 'inet' || table.family === family)
    .flatMap((table) => table.inputs.map(({ chain, policy }) => walk(table, { chain, end: policy }, packet)));
  if (outcomes.includes('drop')) return 'drop';
  return outcomes.includes('unknown') ? 'unknown' : 'accept';
}

/** @param at where to go on; `end`: what happens at the end of the chain */
function walk(
  table: Table,
  at: { chain: string; end: Outcome; from?: number; depth?: number },
  packet: Packet,
): Outcome {
  const { chain, end, from = 0, depth = 0 } = at;
  const rules = table.chains.get(chain);
  if (!rules || depth > MAX_DEPTH) return 'unknown';
  for (const [index, { matches, verdict }] of rules.entries()) {
    if (index < from) continue;
    const matched = matches(packet);
    if (matched === false) continue;
    const outcome = outcomeOf(table, verdict, { end, depth }, packet);
    if (outcome === 'through' && verdict !== 'return') continue;
    if (matched) return outcome;
    // Nobody can tell whether the rule counts: it makes no difference if the rest comes to the same.
    const rest = walk(table, { ...at, from: index + 1 }, packet);
    return rest === outcome ? outcome : 'unknown';
  }
  return end;
}

function outcomeOf(
  table: Table,
  verdict: Verdict,
  { end, depth }: { end: Outcome; depth: number },
  packet: Packet,
): Outcome {
  if (verdict === 'return') return end;
  if (typeof verdict === 'string') return verdict;
  if ('goto' in verdict) return walk(table, { chain: verdict.goto, end, depth: depth + 1 }, packet);
  return walk(table, { chain: verdict.jump, end: 'through', depth: depth + 1 }, packet);
}

/** All of them, as far as it can be told. */
export function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

/** One of them, as far as it can be told. */
export function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

export function not(answer: Answer): Answer {
  return answer === null ? null : !answer;
}
