// Assumptions that are high or low together: a Gaussian copula, whose rank correlations hold
// whatever the shapes of the single assumptions are.
import { requireDomain } from "../../stats/domain.ts";

/** A stated rank correlation of two numbers, by their places. */
export interface RankPair {
  readonly a: number;
  readonly b: number;
  readonly rank: number;
}

/** Below this part of its own variance a rest is rounding. */
const REST = 1e-9;

/** Turns independent normal scores of some numbers into correlated ones. */
export interface Copula {
  /** The places of the numbers that are correlated with any other, ascending. */
  readonly members: readonly number[];
  /** Row i of the lower triangular factor begins at i (i + 1) / 2. */
  readonly factor: Float64Array;
}

/**
 * The correlation of two normal numbers whose rank correlation is this one (Spearman's; Pearson
 * 1907, "On further methods of determining correlation").
 * @example normalCorrelation(0.5) // 0.5176380902050415
 */
function normalCorrelation(rank: number): number {
  return 2 * Math.sin((Math.PI * rank) / 6);
}

/** The copula, or the pairs that cannot hold together: no numbers vary like that. */
export function copulaOf(pairs: readonly RankPair[]): Copula | { readonly broken: RankPair[] } {
  const members = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort((a, b) => a - b);
  const matrix: number[][] = members.map((_, i) => members.map((__, j) => Number(i === j)));
  for (const { a, b, rank } of pairs) {
    requireDomain(a !== b && Math.abs(rank) < 1, "copula", "two numbers and a rank in (-1, 1)");
    const [i, j] = [members.indexOf(a), members.indexOf(b)];
    matrix[i]![j] = matrix[j]![i] = normalCorrelation(rank);
  }
  const factor = new Float64Array((members.length * (members.length + 1)) / 2);
  const row = (i: number): number => (i * (i + 1)) / 2;
  for (let i = 0; i < members.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k++) rest -= factor[row(i) + k]! * factor[row(j) + k]!;
      if (j < i) factor[row(i) + j] = rest / factor[row(j) + j]!;
      else if (rest > REST) factor[row(i) + i] = Math.sqrt(rest);
      else return { broken: tiedTo(members[i]!, pairs, members[i]!) };
    }
  }
  return { members, factor };
}

/** Replaces independent scores, in the order of `members`, by correlated ones. */
export function correlate({ members, factor }: Copula, scores: Float64Array): void {
  // From the last on, since each needs the independent scores before it.
  for (let i = members.length - 1; i >= 0; i--) {
    const row = (i * (i + 1)) / 2;
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += factor[row + k]! * scores[k]!;
    scores[i] = sum;
  }
}

/** All pairs among the numbers up to `last` that hang together with this one. */
function tiedTo(place: number, pairs: readonly RankPair[], last: number): RankPair[] {
  const among = pairs.filter(({ a, b }) => a <= last && b <= last);
  const tied = new Set([place]);
  for (let before = 0; before < tied.size; ) {
    before = tied.size;
    for (const { a, b } of among) {
      if (tied.has(a)) tied.add(b);
      else if (tied.has(b)) tied.add(a);
    }
  }
  return among.filter(({ a }) => tied.has(a));
}
