import { createWorker, type types, workerBin as defaultWorkerBin } from 'mediasoup';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { AnnouncedAddress } from '../address.ts';
import { HostError } from '../host-error.ts';
import type { Log } from '../meeting/index.ts';
import { listenInfos } from './listening.ts';

/** A running media process and the sockets it listens on. */
export interface MediaProcess {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
}

export interface MediaProcessOptions {
  /** Path of the worker; absent: the one installed with mediasoup. */
  readonly workerBin?: string | undefined;
  /** UDP and TCP; 0: any free one for each address. */
  readonly port: number;
  readonly addresses: readonly AnnouncedAddress[];
  readonly log: Log;
}

/** How long a process may take to start, ms. */
const START_MS = 10_000;

/** @throws {HostError} WORKER_FAILED, MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE */
export async function startMediaProcess(options: MediaProcessOptions): Promise<MediaProcess> {
  const worker = await startWorker(options.workerBin ?? defaultWorkerBin);
  try {
    return { worker, server: await listen(worker, options, options.addresses) };
  } catch (error) {
    await endMediaProcess(worker);
    throw error;
  }
}

/** mediasoup itself waits for ever for a program that starts and is no worker. */
async function inTime<Result>(starting: Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const deadline = setTimeout(START_MS, null, { signal: late.signal }).then(() => {
    throw new Error(`no answer within ${START_MS / 1000} s`);
  });
  try {
    return await Promise.race([starting, deadline]);
  } finally {
    deadline.catch(() => undefined);
    late.abort();
  }
}

/** Resolves when the process has ended and its ports are free. */
export async function endMediaProcess(worker: types.Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const ended = once(worker, 'subprocessclose');
  worker.close();
  await ended;
}

async function startWorker(workerBin: string): Promise<types.Worker> {
  const starting = createWorker({ workerBin });
  try {
    return await inTime(starting);
  } catch (error) {
    // One that comes after all serves nobody.
    starting.then(
      (late) => late.close(),
      () => undefined,
    );
    const why = error instanceof Error ? error.message : String(error);
    throw new HostError(
      'WORKER_FAILED',
      `The media process ${workerBin} does not start (${why}). Install Parley again, or name a working one in MEDIASOUP_WORKER_BIN.`,
      { cause: error },
    );
  }
}

/** Listens on all addresses that can be listened on: one that an interface is just losing is left out. */
async function listen(
  worker: types.Worker,
  options: MediaProcessOptions,
  addresses: readonly AnnouncedAddress[],
): Promise<types.WebRtcServer> {
  try {
    return await worker.createWebRtcServer({ listenInfos: listenInfos(addresses, options.port) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const ip = /ip:'([^']+)'/.exec(why)?.[1];
    if (why.includes('address already in use')) {
      throw new HostError(
        'MEDIA_PORT_IN_USE',
        `Port ${options.port} on ${ip ?? 'this computer'} is needed for sound and pictures, and another program has it. Close that, or choose another port.`,
        { cause: error },
      );
    }
    const others = addresses.filter(({ address }) => address !== ip);
    if (others.length === addresses.length) {
      throw new HostError('ADDRESS_UNUSABLE', `Sound and pictures cannot be sent from here (${why}).`, {
        cause: error,
      });
    }
    options.log.warn('An address cannot be listened on', { address: ip, why });
    return listen(worker, options, others);
  }
}
