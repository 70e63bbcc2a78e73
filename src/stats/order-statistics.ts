// The values at given ranks without sorting all of them: a sample says between which two values the
// ranks lie, one pass counts what is below and keeps what is between, and only that is looked at
// further. After Floyd and Rivest (1975), "Expected time bounds for selection", CACM 18(3).
import { domainError } from "./domain.ts";

/** Fewer values than this are sorted. */
const SORTED_BELOW = 2000;
/** Standard deviations of a rank in the sample by which the bracket is wider than the ranks. */
const MARGIN = 5;

/**
 * The values at ranks (0 is the smallest) of `values` as sorting would give them, in the order of
 * the ranks. Refuses NaN; the values stay as they are.
 * @example orderStatistics([5, 1, 3], [0, 2]) // [1, 5]
 */
export function orderStatistics(values: ArrayLike<number>, ranks: readonly number[]): number[] {
  const n = values.length;
  if (n < SORTED_BELOW) return bySorting(values, ranks);
  const [low, high] = bracket(values, ranks);
  const kept: number[] = [];
  let below = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    if (value < low) below += 1;
    else if (value <= high) kept.push(value);
    else if (Number.isNaN(value)) throw notNumber(i);
  }
  const isInside = Math.min(...ranks) >= below && Math.max(...ranks) < below + kept.length;
  // A sample that misleads (the order of the values has a rhythm) costs time, never the answer.
  if (!isInside) return bySorting(values, ranks);
  if (low === high) return ranks.map(() => low);
  const between = new Float64Array(kept);
  const within = ranks.map((rank) => rank - below);
  // Where one value makes up much of the data the bracket does not narrow down.
  return between.length > n / 2 ? bySorting(between, within) : orderStatistics(between, within);
}

/** Two values of an even sample which the ranks very likely lie between. */
function bracket(values: ArrayLike<number>, ranks: readonly number[]): [low: number, high: number] {
  const n = values.length;
  const size = Math.ceil(n ** (2 / 3));
  const sample = new Float64Array(size);
  for (let i = 0; i < size; i++) sample[i] = values[Math.floor(((i + 0.5) * n) / size)]!;
  sample.sort();
  const place = (rank: number, side: -1 | 1): number => {
    const share = rank / n;
    const margin = side * MARGIN * Math.sqrt(size * share * (1 - share));
    return Math.min(size - 1, Math.max(0, Math.floor(size * share + margin) + side));
  };
  return [sample[place(Math.min(...ranks), -1)]!, sample[place(Math.max(...ranks), 1)]!];
}

function bySorting(values: ArrayLike<number>, ranks: readonly number[]): number[] {
  const sorted = new Float64Array(values).sort();
  // NaN sorts behind all numbers.
  if (Number.isNaN(sorted.at(-1))) throw notNumber(Array.from(values).findIndex(Number.isNaN));
  return ranks.map((rank) => sorted[rank]!);
}

function notNumber(at: number): Error {
  return domainError("order statistics", `numbers, got NaN at index ${at}`);
}
