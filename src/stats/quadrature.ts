// Gauss-Legendre nodes for integrals over an interval, and sums over logarithms.
import { assert } from "../base/assert.ts";

export interface Nodes {
  /** In (-1, 1), ascending. */
  readonly at: readonly number[];
  readonly weights: readonly number[];
}

const COUNTS = [8, 12, 16, 32, 64] as const;
export type NodeCount = (typeof COUNTS)[number];

const TABLE: ReadonlyMap<NodeCount, Nodes> = new Map(COUNTS.map((n) => [n, gaussLegendre(n)]));

/** The nodes and weights of Gauss and Legendre's rule with `count` points. */
export function legendreNodes(count: NodeCount): Nodes {
  const found = TABLE.get(count);
  assert(found !== undefined, "expected one of the node counts that are tabulated");
  return found;
}

/**
 * The integral of a smooth function over [from, to].
 * @example integrate((x) => x * x, 0, 3) // 9
 */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  count: NodeCount = 32,
): number {
  const { at, weights } = legendreNodes(count);
  const [half, middle] = [(to - from) / 2, (to + from) / 2];
  let sum = 0;
  for (let i = 0; i < at.length; i++) sum += weights[i]! * f(middle + half * at[i]!);
  return half * sum;
}

/**
 * The integral over [0, to] of a function that changes over ln(1 + x / scale) as evenly as it does
 * anywhere: in as many pieces as that has e-folds, halved, and `more` of them where it has peaks.
 * @example integrateOverLog((x) => 1 / (1 + x) ** 2, 99, 1, 16) // 0.99
 */
export function integrateOverLog(
  f: (x: number) => number,
  to: number,
  scale: number,
  count: NodeCount,
  more = 0,
): number {
  const length = Math.log1p(to / scale);
  const pieces = Math.max(1, Math.ceil(length / 2)) + more;
  const overLog = (v: number): number => f(scale * Math.expm1(v)) * scale * Math.exp(v);
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    sum += integrate(overLog, (i * length) / pieces, ((i + 1) * length) / pieces, count);
  }
  return sum;
}

/** Roots of the Legendre polynomial by Newton's method (Abramowitz and Stegun 25.4.29). */
function gaussLegendre(n: number): Nodes {
  const at: number[] = [];
  const weights: number[] = [];
  for (let i = n; i >= 1; i--) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    at.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { at, weights };
}
