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
 * Where mediasoup's worker is: in an installed app beside the asar, because a process cannot be
 * started out of one; in development where the environment says. Undefined: where mediasoup itself
 * put it.
 */
export function workerPath({ packaged, resources, system, override }: WorkerPlace): string | undefined {
  if (!packaged) return override;
  const name = system === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
  return join(resources, 'app.asar.unpacked/node_modules/mediasoup/worker/out/Release', name);
}
