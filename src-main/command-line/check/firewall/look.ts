/** This computer's packet filter, as far as this user may read it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readIptables } from './iptables.ts';
import { readNftables } from './nftables.ts';
import type { Table } from './rules.ts';

/** How long a program may take, ms, and how much it may print, bytes. */
const PROGRAM_MS = 5000;
const MAX_OUTPUT = 64 * 1024 * 1024;
/** Programs of an administrator are not on every user's path. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** The rules; or why they could not be read, as a part of a sentence. */
export async function readFirewall(): Promise<readonly Table[] | { readonly why: string }> {
  if (process.platform !== 'linux') return { why: 'Parley can read the firewall of Linux only' };
  if (process.getuid?.() !== 0) return { why: 'only root can read its rules' };
  const [nft, ipv4, ipv6] = await Promise.all([
    output('nft', '--json', 'list', 'ruleset'),
    output('iptables-save'),
    output('ip6tables-save'),
  ]);
  if (nft === null && ipv4 === null) return { why: 'neither nft nor iptables-save can be run here' };
  const iptables = [
    ...(ipv4 === null ? [] : [readIptables(ipv4, 'ip')]),
    ...(ipv6 === null ? [] : [readIptables(ipv6, 'ip6')]),
  ];
  const nftables = nft === null ? [] : readNftables(nft);
  const inFull = nftables.filter(
    ({ ofIptables, family }) => !ofIptables || !iptables.some((table) => table.family === family),
  );
  return [...inFull, ...iptables];
}

/** What a program prints; null: it cannot be run, or fails. */
async function output(program: string, ...args: string[]): Promise<string | null> {
  try {
    const options = { timeout: PROGRAM_MS, maxBuffer: MAX_OUTPUT, env: { ...process.env, PATH } };
    return (await promisify(execFile)(program, args, options)).stdout;
  } catch {
    return null;
  }
}
