import { join } from 'node:path';

export interface WorkerPlace {
  packaged: boolean;
  /** `process.resourcesPath`. */
  resources: string;
  system: NodeJS.Platform;
  /** `MEDIASOUP_WORKER_BIN` of the environment. */
  override: string | undefined;
}

/**
 * The path of mediasoup's worker: in an installed app beside the asar archive, because a process cannot be
 * started from inside one; in development as the environment says. Undefined: where mediasoup's package
 * has it.
 */
export function workerPath({ packaged, resources, system, override }: WorkerPlace): string | undefined {
  if (!packaged) return override;
  const name = system === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
  return join(resources, 'app.asar.unpacked/node_modules/mediasoup/worker/out/Release', name);
}
