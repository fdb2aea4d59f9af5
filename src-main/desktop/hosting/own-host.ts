/** Starts the host in the app's own process. */
import { hostname } from 'node:os';
import type { Host, HostOptions } from '../../host/host.ts';

export interface OwnHostOptions extends Pick<HostOptions, 'dataDir' | 'version' | 'pageRoot' | 'log'> {
  workerBin: string | undefined;
  /** `process.env` in development, where tests choose the port; installed: nothing. */
  settings: NodeJS.ProcessEnv;
}

/**
 * A host on the usual port, or on any when another program has that one: links carry the port.
 *
 * @throws {HostError} with a sentence for the person
 */
export async function startOwnHost({ workerBin, settings, ...options }: OwnHostOptions): Promise<Host> {
  // Loaded when first needed: the window is up before mediasoup is read.
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
