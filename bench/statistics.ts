/** The percentile `share` (0 to 1) of the values, by the nearest-rank method: always one of the values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values to take a percentile of');
  return value;
}

export interface Summary {
  /** ms, one decimal. */
  p50: number;
  p95: number;
  n: number;
}

export function summarize(values: readonly number[]): Summary {
  const round = (value: number) => Math.round(value * 10) / 10;
  return { p50: round(percentile(values, 0.5)), p95: round(percentile(values, 0.95)), n: values.length };
}
