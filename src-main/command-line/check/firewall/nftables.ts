/** The rules in what `nft --json list ruleset` prints (libnftables-json(5)). */
import { BlockList, isIP, isIPv6 } from 'node:net';
import * as v from 'valibot';
import { listed, subnet } from '../../../host/address.ts';
import { type Answer, every, not, type Packet, type Rule, some, type Table, type Verdict } from './rules.ts';

const Named = { family: v.string(), table: v.string(), name: v.string() };
const Ruleset = v.object({ nftables: v.array(v.record(v.string(), v.unknown())) });
const ChainEntry = v.object({
  ...Named,
  hook: v.optional(v.string()),
  type: v.optional(v.string()),
  policy: v.optional(v.string()),
});
const RuleEntry = v.object({
  family: v.string(),
  table: v.string(),
  chain: v.string(),
  expr: v.array(v.record(v.string(), v.unknown())),
});
const SetEntry = v.object({ ...Named, elem: v.optional(v.array(v.unknown()), []) });

const Target = v.object({ target: v.string() });
const Match = v.object({ op: v.string(), left: v.unknown(), right: v.unknown() });
const VerdictMap = v.object({
  key: v.unknown(),
  data: v.object({ set: v.array(v.tuple([v.unknown(), v.record(v.string(), v.unknown())])) }),
});
const Payload = v.object({ payload: v.object({ protocol: v.string(), field: v.string() }) });
const Meta = v.object({ meta: v.object({ key: v.string() }) });
const ConnectionTracking = v.object({ ct: v.object({ key: v.string() }) });
const XtTarget = v.object({ type: v.literal('target'), name: v.string() });
const Prefix = v.object({ prefix: v.object({ addr: v.string(), len: v.number() }) });
const Range = v.object({ range: v.tuple([v.union([v.string(), v.number()]), v.union([v.string(), v.number()])]) });
const SetOf = v.object({ set: v.array(v.unknown()) });
const Element = v.object({ elem: v.object({ val: v.unknown() }) });

type Expression = Record<string, unknown>;
type Sets = ReadonlyMap<string, readonly unknown[]>;

/** What a rule does beside its verdict, without any influence on whether it applies. */
const WITHOUT_INFLUENCE = new Set(['counter', 'log', 'mangle', 'notrack', 'comment']);
const FILTERING_HOOKS = new Set(['prerouting', 'input']);

export interface NftTable extends Table {
  /** It is written by iptables: nft cannot show all of its rules, iptables-save can. */
  readonly ofIptables: boolean;
}

/** @param json what nft printed @throws it is something else */
export function readNftables(json: string): NftTable[] {
  const entries = v.parse(Ruleset, JSON.parse(json)).nftables;
  const all = <const Schema extends v.GenericSchema>(kind: string, schema: Schema) =>
    entries.flatMap((entry) => (kind in entry ? [v.parse(schema, entry[kind])] : []));
  const chains = all('chain', ChainEntry);
  const rules = all('rule', RuleEntry);
  const sets = all('set', SetEntry);
  const tables = new Map(chains.map(({ family, table }) => [`${family} ${table}`, { family, table }]));
  return [...tables.values()].flatMap(({ family, table }) => {
    if (family !== 'ip' && family !== 'ip6' && family !== 'inet') return [];
    const here = (entry: { family: string; table: string }) => entry.family === family && entry.table === table;
    const named: Sets = new Map(sets.filter(here).map(({ name, elem }) => [name, elem]));
    const own = rules.filter(here);
    const rulesOf = (chain: string) =>
      own.filter((rule) => rule.chain === chain).flatMap(({ expr }) => readRule(expr, named));
    return [
      {
        family,
        chains: new Map(chains.filter(here).map(({ name }) => [name, rulesOf(name)])),
        inputs: chains
          .filter(here)
          .filter(({ hook, type }) => type === 'filter' && FILTERING_HOOKS.has(hook ?? ''))
          .map(({ name, policy }) => ({ chain: name, policy: policy === 'drop' ? 'drop' : 'accept' })),
        ofIptables: own.some(({ expr }) => expr.some((expression) => 'xt' in expression)),
      },
    ];
  });
}

/** A rule; for a verdict map, one for each of its entries. */
function readRule(expressions: readonly Expression[], sets: Sets): Rule[] {
  const conditions: ((packet: Packet) => Answer)[] = [];
  const rules: Rule[] = [];
  const add = (verdict: Verdict, more: (packet: Packet) => Answer = () => true) => {
    const before = [...conditions, more];
    rules.push({ verdict, matches: (packet) => every(before.map((condition) => condition(packet))) });
  };
  for (const expression of expressions) {
    const verdict = verdictOf(expression);
    const { match, vmap } = expression;
    if (verdict) add(verdict);
    else if (v.is(Match, match)) conditions.push((packet) => matches(match, packet, sets));
    else if (v.is(VerdictMap, vmap)) {
      for (const [value, mapped] of vmap.data.set) {
        add(verdictOf(mapped) ?? 'unknown', (packet) => holds(valueOf(vmap.key, packet), value, sets));
      }
    } else if (vmap !== undefined) add('unknown');
    else if (!Object.keys(expression).every((kind) => WITHOUT_INFLUENCE.has(kind))) conditions.push(() => null);
  }
  return rules;
}

/** Null: the expression is no verdict. */
function verdictOf(expression: Expression): Verdict | null {
  if ('accept' in expression) return 'accept';
  if ('drop' in expression || 'reject' in expression) return 'drop';
  if ('return' in expression) return 'return';
  const { jump, goto, xt } = expression;
  if (v.is(Target, jump)) return { jump: jump.target };
  if (v.is(Target, goto)) return { goto: goto.target };
  if ('queue' in expression || 'tproxy' in expression) return 'unknown';
  return v.is(XtTarget, xt) && xt.name === 'REJECT' ? 'drop' : null;
}

function matches({ op, left, right }: v.InferOutput<typeof Match>, packet: Packet, sets: Sets): Answer {
  const answer = holds(valueOf(left, packet), right, sets);
  if (op === '!=') return not(answer);
  return op === '==' || op === 'in' ? answer : null;
}

/** What the left side of a match is for this packet; false: it has no such field; null: it cannot be told. */
function valueOf(left: unknown, packet: Packet): string | number | false | null {
  const family = isIPv6(packet.source) ? 'ip6' : 'ip';
  if (v.is(Payload, left)) {
    const { protocol, field } = left.payload;
    if (protocol === 'tcp' || protocol === 'udp' || protocol === 'th') {
      if (protocol !== 'th' && protocol !== packet.protocol) return false;
      return field === 'dport' ? packet.port : null;
    }
    if (protocol !== 'ip' && protocol !== 'ip6') return null;
    if (protocol !== family) return false;
    if (field === 'saddr') return packet.source;
    if (field === 'daddr') return packet.destination;
    return field === 'protocol' || field === 'nexthdr' ? packet.protocol : null;
  }
  if (v.is(ConnectionTracking, left)) return left.ct.key === 'state' ? 'new' : null;
  if (!v.is(Meta, left)) return null;
  const { key } = left.meta;
  if (key === 'iifname' || key === 'iif') return packet.interface;
  if (key === 'l4proto') return packet.protocol;
  return key === 'nfproto' ? (family === 'ip6' ? 'ipv6' : 'ipv4') : null;
}

function holds(value: string | number | false | null, right: unknown, sets: Sets): Answer {
  if (value === null || value === false) return value;
  if (Array.isArray(right)) return some(right.map((item: unknown) => holds(value, item, sets)));
  if (v.is(SetOf, right)) return holds(value, right.set, sets);
  if (v.is(Element, right)) return holds(value, right.elem.val, sets);
  if (v.is(Prefix, right)) return listed(subnet(`${right.prefix.addr}/${right.prefix.len}`), String(value));
  if (v.is(Range, right)) return inRange(value, right.range);
  if (typeof right === 'number') return value === right;
  if (typeof right !== 'string') return null;
  if (right.startsWith('@')) return holds(value, sets.get(right.slice(1)) ?? null, sets);
  return right.endsWith('*') ? String(value).startsWith(right.slice(0, -1)) : value === right;
}

function inRange(value: string | number, [first, last]: readonly [string | number, string | number]): Answer {
  if (typeof value === 'number' && typeof first === 'number' && typeof last === 'number') {
    return first <= value && value <= last;
  }
  const [from, to] = [String(first), String(last)];
  if (isIP(from) === 0 || isIP(from) !== isIP(to)) return null;
  const list = new BlockList();
  list.addRange(from, to, isIPv6(from) ? 'ipv6' : 'ipv4');
  return listed(list, String(value));
}
