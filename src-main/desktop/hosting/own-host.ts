/** Starts the host in the app's main process. */
import { hostname } from 'node:os';
import type { Host, HostOptions } from '../../host/host.ts';

export interface OwnHostOptions extends Pick<HostOptions, 'dataDir' | 'version' | 'pageRoot' | 'announce' | 'log'> {
  workerBin: string | undefined;
  /** `process.env` in development, where tests choose the port; empty in an installed app. */
  settings: NodeJS.ProcessEnv;
}

/**
 * Starts a host on the default port, or on any free port if another program uses that one. Links contain the port.
 *
 * @throws {HostError} its message is for the person
 */
export async function startOwnHost({ workerBin, settings, ...options }: OwnHostOptions): Promise<Host> {
  // Loaded on demand, so that the window is shown before mediasoup is read.
  const { HostError, startHost } = await import('../../host/host.ts');
  const port = settings['PARLEY_PORT'];
  const host: HostOptions = {
    ...options,
    name: hostname(),
    ...(port !== undefined && { port: Number(port) }),
    ...(workerBin !== undefined && { workerBin }),
  };
  return startHost(host).catch((error: unknown) => {
    const taken = error instanceof HostError && /^(MEDIA_)?PORT_IN_USE$/.test(error.code);
    if (taken && port === undefined) return startHost({ ...host, port: 0 });
    throw error;
  });
}
