import { type Failure, ProtocolError, VALIDATE_LINK_PATH } from '../../../src-shared/protocol/index.ts';
import { MEDIA_PATH } from '../../../src-shared/protocol/http/media-events.ts';
import type { Log } from '../meeting/index.ts';

/**
 * The answer to a request that failed with `error`. Unexpected errors are logged under an id
 * which the answer repeats.
 *
 * @param request what was asked for, without anything secret
 */
export function failureOf(error: unknown, log: Log, request: string): Failure {
  if (error instanceof ProtocolError) {
    log.measures?.refused(error.code);
    return error.failure;
  }
  log.measures?.refused('INTERNAL');
  const id = crypto.randomUUID().slice(0, 8);
  log.error('request failed', { id, request, error });
  return { code: 'INTERNAL', message: `Something went wrong on the host. It is noted there under ${id}.` };
}

/** A failure as HTTP answers it at this path: the media API and the check of links have an envelope of their own. */
export function httpFailure(path: string, error: Failure): { error: Failure; status?: 'failed' } {
  const enveloped = path === VALIDATE_LINK_PATH || path === MEDIA_PATH || path.startsWith(`${MEDIA_PATH}/`);
  return enveloped ? { status: 'failed', error } : { error };
}
