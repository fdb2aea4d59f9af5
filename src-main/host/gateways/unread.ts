import { MAX_UNREAD_BYTES_PER_HOST, UNREAD_CHECK_BYTES, UNREAD_CHECK_MS } from '../../../src-shared/limits.ts';

/** One buffer that waits for a client to read it. */
export interface UnreadBuffer {
  /** Bytes that wait now. */
  size(): number;
  /** Ends the connection that does not read, so that nothing waits any more. */
  end(): void;
}

/**
 * The buffers of all connections together. Each connection has a bound of its own, but thousands of
 * clients that read slowly would fill the memory within it.
 */
export class UnreadBuffers {
  readonly #buffers = new Set<UnreadBuffer>();
  readonly #max: number;
  readonly #timer: NodeJS.Timeout;
  /** Bytes queued since the last check. */
  #queued = 0;

  /** @param max bytes */
  constructor(max = MAX_UNREAD_BYTES_PER_HOST) {
    this.#max = max;
    this.#timer = setInterval(() => this.check(), UNREAD_CHECK_MS).unref();
  }

  /** @returns forgets the buffer */
  add(buffer: UnreadBuffer): () => void {
    this.#buffers.add(buffer);
    return () => this.#buffers.delete(buffer);
  }

  /** So many bytes more wait in one of the buffers. May end connections. */
  queued(bytes: number): void {
    this.#queued += bytes;
    if (this.#queued >= UNREAD_CHECK_BYTES) this.check();
  }

  /** Ends the connections with most unread until the others are within the bound. */
  check(): void {
    this.#queued = 0;
    let total = 0;
    const waiting: { buffer: UnreadBuffer; size: number }[] = [];
    for (const buffer of this.#buffers) {
      const size = buffer.size();
      if (size > 0) waiting.push({ buffer, size });
      total += size;
    }
    if (total <= this.#max) return;
    for (const { buffer, size } of waiting.sort((one, other) => other.size - one.size)) {
      this.#buffers.delete(buffer);
      buffer.end();
      total -= size;
      if (total <= this.#max) return;
    }
  }

  /** Looks no more. */
  close(): void {
    clearInterval(this.#timer);
  }
}
