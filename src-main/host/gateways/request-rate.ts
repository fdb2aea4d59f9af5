import { MAX_REQUEST_BURST_PER_SOCKET, MAX_REQUESTS_PER_SECOND_PER_SOCKET } from '../../../src-shared/limits.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { fullBucket } from '../full-bucket.ts';

/** How often one connection may ask. */
export class RequestRate {
  readonly #bucket = fullBucket({
    burst: MAX_REQUEST_BURST_PER_SOCKET,
    rate: MAX_REQUESTS_PER_SECOND_PER_SOCKET,
    interval: 'second',
  });

  /** Counts one request. @throws {ProtocolError} RATE_LIMITED */
  count(): void {
    if (this.#bucket.tryRemoveTokens(1)) return;
    throw new ProtocolError('RATE_LIMITED', 'Too many requests. Wait a moment.');
  }
}
