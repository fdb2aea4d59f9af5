/** Whether what links and settings call this computer leads to it. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLinkLocal, isLoopback, plainAddress } from '../../host/address.ts';
import { isPrivate, ownAddresses, type Interfaces } from '../../host/network/interfaces.ts';
import { type Finding, note, ok, problem } from './finding.ts';

/** @param names IP addresses and host names that guests use, by the setting that says so */
export async function checkAddresses(
  names: readonly { readonly setting: string; readonly name: string }[],
  interfaces: Interfaces,
): Promise<Finding[]> {
  const own = new Set(ownAddresses(interfaces));
  return Promise.all(names.map(({ setting, name }) => checkAddress({ setting, name, own })));
}

async function checkAddress({
  setting,
  name,
  own,
}: {
  setting: string;
  name: string;
  own: ReadonlySet<string>;
}): Promise<Finding> {
  const addresses = isIP(name) === 0 ? await resolved(name) : [plainAddress(name)];
  const stated = `${setting}: ${name}`;
  if (addresses.length === 0) {
    return problem(
      `${stated} is known to no name server that this computer asks: guests cannot find it. Check the name, and its entry in the DNS.`,
    );
  }
  const leads = isIP(name) === 0 ? `${stated} leads to ${addresses.join(', ')}` : stated;
  if (addresses.every(isLoopback)) return problem(`${leads}: only this computer itself can use it.`);
  if (addresses.some((address) => own.has(address))) return ok(`${leads}: an address of this computer.`);
  if (addresses.every((address) => isPrivate(address) || isLinkLocal(address))) {
    return problem(`${leads}: not an address of this computer. It has ${others(own)}.`);
  }
  return note(
    `${leads}: not an address of this computer, so guests can join only if a router forwards the ports to it.`,
  );
}

function others(own: ReadonlySet<string>): string {
  const reachable = [...own].filter((address) => !isLoopback(address) && !isLinkLocal(address));
  return reachable.length > 0 ? reachable.join(', ') : 'none: it has no network';
}

async function resolved(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => plainAddress(address));
  } catch {
    return [];
  }
}
