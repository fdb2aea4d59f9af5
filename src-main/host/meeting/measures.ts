import type { ErrorCode } from '../../../src-shared/protocol/index.ts';

/** What is counted for whoever runs the host. No names, ids or addresses. */
export interface Measures {
  /** Somebody has joined. @param ms from their request to the answer */
  joined(ms: number): void;
  /** A request was answered with a failure. */
  refused(code: ErrorCode): void;
}

/** Passes on what `join` resolves with, and measures how long it took. */
export async function measureJoin<Result>(
  measures: Measures | undefined,
  join: () => Result | Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  const result = await join();
  measures?.joined(performance.now() - began);
  return result;
}
