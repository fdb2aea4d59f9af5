import { errors } from 'mediasoup';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';

export function restarting(cause?: unknown): ProtocolError {
  return new ProtocolError('MEDIA_RESTARTING', 'The host is restarting its media. It is back in a moment.', { cause });
}

/** All media processes carry as many rooms as they may. */
export function full(): ProtocolError {
  return new ProtocolError('FULL', 'This computer carries as many meetings as it can. Try again when one has ended.');
}

export function notFound(what: string): ProtocolError {
  return new ProtocolError('NOT_FOUND', `You have no such ${what}.`);
}

/** Something was there when it was asked for, and is no longer. */
export function ended(what: string): ProtocolError {
  return new ProtocolError('NOT_FOUND', `${what} has ended.`);
}

export function cannotConsume(cause?: unknown): ProtocolError {
  return new ProtocolError('CANNOT_CONSUME', 'Your device cannot play what this person sends.', { cause });
}

/** mediasoup's own words are for its programmers: they are kept as the cause. */
export function badRequest(message: string, cause?: unknown): ProtocolError {
  return new ProtocolError('BAD_REQUEST', message, { cause });
}

/**
 * Whether a line of mediasoup's log says only that it refused one request: the one who asked is
 * answered, and there what nobody foresaw is logged.
 */
export function isRefusal(line: string): boolean {
  return /\| throwing MediaSoup\w*Error: |^canConsume\(\) \|/.test(line);
}

/**
 * What `run` resolves with.
 *
 * @param explain what to answer when mediasoup refuses; without it the error itself, as a fault of the host
 * @throws {ProtocolError} MEDIA_RESTARTING when the media process ends meanwhile
 */
export async function mediaCall<Result>(
  run: () => Promise<Result>,
  explain: (error: Error) => Error = (error) => error,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof errors.WorkerClosedError) throw restarting(error);
    throw error instanceof Error && !(error instanceof ProtocolError) ? explain(error) : error;
  }
}

/**
 * Asks the media process for a change of a producer or consumer.
 *
 * @param what of which it is said that it has ended
 * @throws {ProtocolError} NOT_FOUND, MEDIA_RESTARTING
 */
export async function mediaChange(
  room: { requireProcess(): void },
  run: () => Promise<void>,
  what: 'The producer' | 'The consumer',
): Promise<void> {
  room.requireProcess();
  await mediaCall(run, () => ended(what));
}
