import { TokenBucket } from 'limiter';

export interface Allowance {
  /** How many at once, after a quiet time. */
  readonly burst: number;
  /** How many per `interval` in the long run. */
  readonly rate: number;
  readonly interval: 'second' | 'minute';
}

/** A token bucket that begins full, as after a quiet time; limiter's own begin empty. */
export function fullBucket({ burst, rate, interval }: Allowance): TokenBucket {
  const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: rate, interval });
  bucket.content = burst;
  return bucket;
}
