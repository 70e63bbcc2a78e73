// Order statistics for measured figures: nearest rank, so that what is printed was measured.

/** The smallest figure that at least the share `q` of all figures does not exceed. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(q * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export function median(figures: readonly number[]): number {
  const sorted = Float64Array.from(figures).sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

export interface Latency {
  p50Ms: number;
  p99Ms: number;
  p999Ms: number;
}

/** Sorts `latenciesMs` in place. */
export function latencyOf(latenciesMs: Float64Array): Latency {
  latenciesMs.sort();
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    p999Ms: quantile(latenciesMs, 0.999),
  };
}
