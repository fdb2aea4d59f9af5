/** The rules in what `iptables-save` and `ip6tables-save` print (iptables(8), iptables-extensions(8)). */
import { listed, subnet } from '../../../host/address.ts';
import { type Answer, every, not, type Packet, type Rule, some, type Table, type Verdict } from './rules.ts';

/** The table `filter`: only there does anybody refuse packets. */
export function readIptables(text: string, family: 'ip' | 'ip6'): Table {
  const filter = /^\*filter$([^]*?)^COMMIT$/m.exec(text)?.[1] ?? '';
  const chains = new Map<string, Rule[]>();
  let policy: 'accept' | 'drop' = 'accept';
  for (const line of filter.split('\n')) {
    const [, chain = '', policyOf] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (chain !== '') chains.set(chain, []);
    if (chain === 'INPUT' && policyOf === 'DROP') policy = 'drop';
    const [, appendedTo = '', rule = ''] = /^-A (\S+) ?(.*)$/.exec(line) ?? [];
    chains.get(appendedTo)?.push(readRule(rule.match(/"(?:\\.|[^"])*"|\S+/g) ?? []));
  }
  return { family, chains, inputs: chains.has('INPUT') ? [{ chain: 'INPUT', policy }] : [] };
}

/** What packets are compared with; each takes one argument. */
const CONDITIONS: Readonly<Record<string, (argument: string, packet: Packet) => Answer>> = {
  '-i': (name, packet) =>
    name.endsWith('+') ? packet.interface.startsWith(name.slice(0, -1)) : packet.interface === name,
  '-p': (protocol, packet) => protocol === 'all' || protocol === packet.protocol,
  '-s': (network, packet) => inNetwork(network, packet.source),
  '-d': (network, packet) => inNetwork(network, packet.destination),
  '--dport': (ports, packet) => isOneOf(ports, packet.port),
  '--dports': (ports, packet) => isOneOf(ports, packet.port),
  '--ctstate': (states) => states.split(',').includes('NEW'),
  '--state': (states) => states.split(',').includes('NEW'),
  '--dst-type': (types) => types.split(',').includes('LOCAL'),
  // These name the extension alone, and say nothing on the packet.
  '-m': () => true,
  '--comment': () => true,
  '--reject-with': () => true,
};
/** Targets without any say on whether the packet is let in. */
const WITHOUT_INFLUENCE = new Set(['LOG', 'NFLOG', 'MARK', 'CONNMARK', 'TRACE']);

function readRule(words: readonly string[]): Rule {
  const conditions: ((packet: Packet) => Answer)[] = [];
  let verdict: Verdict = { jump: '' };
  let negated = false;
  let neutral = true;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const argument = words[index + 1] ?? '';
    if (word === '!') {
      negated = true;
      continue;
    }
    if (word === '-j' || word === '-g') {
      neutral = WITHOUT_INFLUENCE.has(argument);
      verdict = verdictOf(argument, word === '-g');
      // What follows is about the target.
      break;
    }
    const condition = CONDITIONS[word];
    const turned = negated;
    if (condition)
      conditions.push((packet) => (turned ? not(condition(argument, packet)) : condition(argument, packet)));
    else if (word.startsWith('-')) conditions.push(() => null);
    negated = false;
    // Arguments of options that are not known are skipped, as the next word that begins with a dash is an option.
    while (words[index + 1] !== undefined && !/^(-|!$)/.test(words[index + 1] ?? '')) index++;
  }
  return { verdict, matches: (packet) => (neutral ? false : every(conditions.map((condition) => condition(packet)))) };
}

function verdictOf(target: string, goto: boolean): Verdict {
  if (target === 'ACCEPT') return 'accept';
  if (target === 'DROP' || target === 'REJECT') return 'drop';
  if (target === 'RETURN') return 'return';
  return goto ? { goto: target } : { jump: target };
}

/** `7443`, `7444:7450`, or several of them, separated by commas. */
function isOneOf(ports: string, port: number): Answer {
  return some(
    ports.split(',').map((range) => {
      const [first = '', last = first] = range.split(':');
      return Number(first) <= port && port <= Number(last);
    }),
  );
}

/** `192.168.0.0/16`; a mask that is no prefix is not understood. */
function inNetwork(network: string, address: string): Answer {
  return /\/\d+$/.test(network) ? listed(subnet(network), address) : null;
}
