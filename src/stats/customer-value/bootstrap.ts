// Intervals for what is computed from a fit (purchases to come, value): customers are drawn again
// with replacement, the model is fitted again, and the figure is computed again (Efron 1979). The
// caller's seeded stream makes it repeatable.
import type { RandomStream } from "../../base/keystream.ts";
import { requireDomain, requireLevel } from "../domain.ts";
import { drawQuantile } from "../draws.ts";
import { DEFAULT_LEVEL } from "../effect.ts";

export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
}

export interface Bootstrap {
  /** One interval a figure, in the order of the figures. */
  readonly intervals: readonly BootstrapInterval[];
  readonly replicates: number;
  /** Replicates whose model was not identified: they are left out, which many of them forbid. */
  readonly failed: number;
}

/** With more failures than this share the intervals would be of the easy replicates alone. */
const FAILED_SHARE_MAX = 0.1;

/** A replicate's figures, or null where it is not identified. */
export type ReplicateFigures = readonly number[] | null;

export interface ReplicateDraws {
  readonly count: number;
  readonly stream: RandomStream;
  readonly onReplicate?: (done: number) => void;
}

/**
 * Percentile intervals of figures, or null when too many replicates could not be fitted.
 * @param rows groups of equal customers; a replicate has other counts of the same groups
 * @param figures what is wanted of a replicate, or null when it is not identified
 */
export function bootstrap<Row extends { readonly customers: number }>(
  rows: readonly Row[],
  figures: (rows: readonly Row[]) => ReplicateFigures,
  options: Omit<ReplicateDraws, "count"> & {
    readonly replicates: number;
    readonly level?: number;
  },
): Bootstrap | null {
  const { replicates, level, ...draws } = options;
  requireBootstrap(replicates, level);
  return bootstrapOf(bootstrapReplicates(rows, figures, { ...draws, count: replicates }), level);
}

/** Some of a bootstrap's replicates: blocks with streams of their own can share the work. */
export function bootstrapReplicates<Row extends { readonly customers: number }>(
  rows: readonly Row[],
  figures: (rows: readonly Row[]) => ReplicateFigures,
  { count, stream, onReplicate }: ReplicateDraws,
): ReplicateFigures[] {
  return Array.from({ length: count }, (_, i) => {
    const drawn = figures(resampled(rows, stream));
    onReplicate?.(i + 1);
    return drawn?.every(Number.isFinite) ? drawn : null;
  });
}

/** What all of a bootstrap's replicates come to, as `bootstrap` says it. */
export function bootstrapOf(
  drawn: readonly ReplicateFigures[],
  level: number = DEFAULT_LEVEL,
): Bootstrap | null {
  const replicates = drawn.length;
  requireBootstrap(replicates, level);
  const found = drawn.filter((figures) => figures !== null);
  const failed = replicates - found.length;
  if (failed > FAILED_SHARE_MAX * replicates) return null;
  const intervals = found[0]!.map((_, at) => {
    const draws = Float64Array.from(found, (each) => each[at]!);
    const outside = (1 - level) / 2;
    return { lower: drawQuantile(draws, outside), upper: drawQuantile(draws, 1 - outside) };
  });
  return { intervals, replicates, failed };
}

function requireBootstrap(replicates: number, level: number = DEFAULT_LEVEL): void {
  requireLevel(level, "bootstrap");
  const enough = Number.isSafeInteger(replicates) && replicates >= 20;
  requireDomain(enough, "bootstrap", `at least 20 replicates, got ${replicates}`);
}

/** As many customers as there are, drawn with replacement, counted by group again. */
function resampled<Row extends { readonly customers: number }>(
  rows: readonly Row[],
  stream: RandomStream,
): Row[] {
  const ends = new Float64Array(rows.length);
  let total = 0;
  for (const [i, row] of rows.entries()) {
    total += row.customers;
    ends[i] = total;
  }
  requireDomain(
    Number.isSafeInteger(total) && total > 0,
    "bootstrap",
    `whole numbers of customers, got ${total}`,
  );
  const counts = new Int32Array(rows.length);
  for (let i = 0; i < total; i++) counts[placeOf(ends, stream.nextFloat() * total)]! += 1;
  return rows.flatMap((row, i) => (counts[i] === 0 ? [] : [{ ...row, customers: counts[i]! }]));
}

/** The first group that ends beyond `at`. */
function placeOf(ends: Float64Array, at: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
