import type { Finding } from '../finding.ts';
import { note, ok, problem } from '../finding.ts';
import type { Listened } from '../ports.ts';
import { readFirewall } from './look.ts';
import { type Packet, type Table, verdictOn } from './rules.ts';

/** An address of this computer, and the interface that has it. */
export interface Reachable {
  readonly ip: string;
  readonly interface: string;
}

/** Whether this computer's packet filter lets guests of its own networks in. */
export async function checkFirewall(addresses: readonly Reachable[], sockets: readonly Listened[]): Promise<Finding> {
  const read = await readFirewall();
  if ('why' in read) return note(`The firewall of this computer could not be looked at: ${read.why}.`);
  return judgeFirewall(read, addresses, sockets);
}

export function judgeFirewall(
  tables: readonly Table[],
  addresses: readonly Reachable[],
  sockets: readonly Listened[],
): Finding {
  const packets = addresses.flatMap((address) => sockets.map((socket) => packetTo(address, socket)));
  const having = (verdict: 'drop' | 'unknown') => [
    ...new Set(packets.filter((packet) => verdictOn(tables, packet) === verdict).map(nameOf)),
  ];
  const closed = having('drop');
  if (closed.length > 0) {
    return problem(
      `The firewall of this computer is closed for ${closed.join(', ')}. Open these ports for the network of your guests.`,
    );
  }
  const unclear = having('unknown');
  if (unclear.length > 0)
    return note(`The firewall of this computer has rules that Parley cannot judge, for ${unclear.join(', ')}.`);
  return ok('The firewall of this computer lets guests of its networks in.');
}

/** As a guest of the same network would send it: with an address that is taken to be like the computer's own. */
function packetTo({ ip, interface: name }: Reachable, { protocol, port }: Listened): Packet {
  return { protocol, port, source: ip, destination: ip, interface: name };
}

const nameOf = ({ port, protocol }: Packet) => `port ${port} (${protocol.toUpperCase()})`;
