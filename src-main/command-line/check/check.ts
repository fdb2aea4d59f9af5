/** `--check`: what would keep guests from joining, looked at with the parts that a host uses. */
import { availableParallelism, networkInterfaces } from 'node:os';
import { DEFAULT_PORT, isLoopback, mediaPortAfter, plainAddress } from '../../host/address.ts';
import { HostError } from '../../host/host-error.ts';
import { listenInfos } from '../../host/media/workers/listening.ts';
import { endMediaProcess, startMediaProcess } from '../../host/media/workers/worker.ts';
import { announcedAddresses, chosenAddresses, type Interfaces } from '../../host/network/interfaces.ts';
import type { SettingsOptions } from '../host-options.ts';
import { checkAddresses } from './addresses.ts';
import { checkCertificate } from './certificate.ts';
import { checkDataFolder } from './data-folder.ts';
import { type Finding, messageOf, ok, problem } from './finding.ts';
import { checkFirewall, type Reachable } from './firewall/check.ts';
import { checkPorts, type Listened } from './ports.ts';

/** @param options what the host would be started with */
export async function checkHost(options: SettingsOptions): Promise<Finding[]> {
  const interfaces = (options.interfaces ?? networkInterfaces)();
  const { addresses = [], publicUrl, certificate, dataDir } = options;
  const sockets = listenedBy(options, interfaces);
  const names = [
    ...(publicUrl === undefined
      ? []
      : [{ setting: 'public-url', name: new URL(publicUrl).hostname.replace(/^\[|\]$/g, '') }]),
    ...addresses.map((name) => ({ setting: 'address', name })),
  ];
  const reachable = reachableAt(interfaces);
  const { finding: data, hosting } = await checkDataFolder(dataDir);
  const certified = names.map(({ name }) => name);
  return [
    data,
    ...(await checkWorker(options)),
    ...(await checkPorts(sockets, { hosting })),
    ...(reachable.length > 0 ? [] : [problem('This computer has no network: nobody else can reach it.')]),
    ...(await checkAddresses(names, interfaces)),
    ...(certificate ? await checkCertificate(certificate, certified, Date.now()) : []),
    ...(reachable.length > 0 ? [await checkFirewall(reachable, onNetwork(sockets))] : []),
  ];
}

/** A line for each finding, and a last one that adds them up. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ level, text }) => `${level.padEnd(8)} ${text}`);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const sum = problems === 0 ? 'Nothing was found that keeps guests from joining.' : `Problems found: ${problems}.`;
  return `${[...lines, '', sum].join('\n')}\n`;
}

/** Every socket that the host would open. */
function listenedBy(
  { port = DEFAULT_PORT, mediaPort, addresses, workerCount, monitoring }: SettingsOptions,
  interfaces: Interfaces,
): Listened[] {
  const first = mediaPort ?? mediaPortAfter(port);
  const announced = addresses?.length ? chosenAddresses(addresses, interfaces) : announcedAddresses(interfaces);
  const media = Array.from({ length: workerCount ?? availableParallelism() }, (_, index) =>
    listenInfos(announced, first === 0 ? 0 : first + index).map(({ protocol, ip, port: own = 0 }) => ({
      ...{ protocol, ip, port: own },
      purpose: 'sound and pictures',
    })),
  );
  const page: Listened = { protocol: 'tcp', port, purpose: 'page and signaling' };
  const { port: own = 0, address: ip = '127.0.0.1' } = monitoring ?? {};
  return [page, ...media.flat(), { protocol: 'tcp', port: own, ip, purpose: 'monitoring' }];
}

/** One for each port, without those for this computer and its owner alone; 0 stands for no port in particular. */
function onNetwork(sockets: readonly Listened[]): Listened[] {
  const outside = sockets.filter(
    ({ ip, port, purpose }) => port !== 0 && purpose !== 'monitoring' && (ip === undefined || !isLoopback(ip)),
  );
  return [...new Map(outside.map((socket) => [`${socket.protocol} ${socket.port}`, socket])).values()];
}

function reachableAt(interfaces: Interfaces): Reachable[] {
  const announced = new Set(announcedAddresses(interfaces).map(({ address }) => address));
  return Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .map(({ address }) => plainAddress(address))
      .filter((ip) => announced.has(ip))
      .map((ip) => ({ ip, interface: name })),
  );
}

async function checkWorker({ workerBin }: SettingsOptions): Promise<Finding[]> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  try {
    const { worker } = await startMediaProcess({ workerBin, port: 0, addresses: [], log });
    await endMediaProcess(worker);
    return [ok('The media process starts.')];
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return [problem(messageOf(error))];
  }
}
