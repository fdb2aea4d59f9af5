import { createWorker, type types, workerBin as defaultWorkerBin } from 'mediasoup';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { HostError } from '../../host-error.ts';
import { Servers, type ServersOptions } from './webrtc-servers.ts';

/** A running media process and where it listens. */
export interface MediaProcess {
  readonly worker: types.Worker;
  readonly servers: Servers;
}

export interface MediaProcessOptions extends ServersOptions {
  /** Path of the worker; absent: the one installed with mediasoup. */
  readonly workerBin?: string | undefined;
}

/** How long a process may take to start, ms. */
const START_MS = 10_000;

/** @throws {HostError} WORKER_FAILED, MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE */
export async function startMediaProcess(options: MediaProcessOptions): Promise<MediaProcess> {
  const worker = await startWorker(options.workerBin ?? defaultWorkerBin);
  try {
    return { worker, servers: await Servers.open(worker, options) };
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
