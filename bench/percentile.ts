/** The smallest measured value that at least `share` (0 to 1) of all do not exceed. Nothing is interpolated. */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** What a list of latencies is told by, in whole milliseconds. */
export const spreadOf = (latencies: readonly number[]): Record<'p50' | 'p95' | 'p99' | 'max', number> => ({
  p50: Math.round(percentile(latencies, 0.5)),
  p95: Math.round(percentile(latencies, 0.95)),
  p99: Math.round(percentile(latencies, 0.99)),
  max: Math.round(percentile(latencies, 1)),
});
