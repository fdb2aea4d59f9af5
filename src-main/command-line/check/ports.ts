import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { isIPv6 } from 'node:net';
import { systemCode } from '../../host/host-error.ts';
import { type Finding, messageOf, note, ok, problem } from './finding.ts';

/** A socket that a host needs. */
export interface Listened {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  /** Absent: all addresses. */
  readonly ip?: string;
  readonly purpose: string;
}

/**
 * Whether each port is free, tried with real sockets; port 0 always is.
 *
 * @param hosting whether a host has the data folder open: then it is most likely what uses them
 */
export async function checkPorts(sockets: readonly Listened[], { hosting }: { hosting: boolean }): Promise<Finding[]> {
  const tried = await Promise.all(
    sockets.map(async (socket) => ({ ...socket, failure: socket.port === 0 ? null : await failureToOpen(socket) })),
  );
  const free = tried.filter(({ failure, port }) => !failure && port !== 0);
  const taken = tried.flatMap(({ failure, ...socket }) => (failure ? [describeFailure(socket, failure, hosting)] : []));
  const names = [...new Set(free.map(nameOf))];
  return [
    ...taken,
    ...(names.length > 0 && taken.length === 0 ? [ok(`These ports are free: ${names.join(', ')}.`)] : []),
  ];
}

function describeFailure(socket: Listened, failure: Error, hosting: boolean): Finding {
  const { ip, port, purpose } = socket;
  const where = `Port ${nameOf(socket)}${ip === undefined ? '' : ` at ${ip}`}, for ${purpose},`;
  const code = systemCode(failure);
  if (code === 'EADDRINUSE') {
    if (hosting) return note(`${where} is in use, most likely by the host that is running already.`);
    return problem(`${where} is in use by another program. End that program, or choose another port.`);
  }
  if (code === 'EACCES')
    return problem(`${where} may not be opened by this user. Choose a port above 1023 (not ${port}).`);
  return problem(`${where} cannot be opened (${messageOf(failure)}).`);
}

const nameOf = ({ port, protocol }: Listened) => `${port} (${protocol.toUpperCase()})`;

/** Null: it could be opened. */
async function failureToOpen({ protocol, port, ip }: Listened): Promise<Error | null> {
  const socket = protocol === 'tcp' ? createServer() : createSocket(ip && isIPv6(ip) ? 'udp6' : 'udp4');
  const opened = once(socket, 'listening');
  try {
    if ('bind' in socket) socket.bind({ port, exclusive: true, ...(ip !== undefined && { address: ip }) });
    else socket.listen({ port, exclusive: true, ...(ip !== undefined && { host: ip }) });
    await opened;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  return null;
}
