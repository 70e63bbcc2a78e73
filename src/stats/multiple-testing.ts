// Several questions asked of one experiment: p values adjusted so that they may be read one by one.
// Holm for decisions (no false alarm at all, with 95 %), Benjamini-Hochberg for exploration (5 % of
// the alarms false, on average). Holm (1979), Scandinavian Journal of Statistics 6; Hochberg
// (1988), Biometrika 75; Benjamini and Hochberg (1995), JRSS B 57; Benjamini and Yekutieli (2001).
import { ascendingOrder } from "./ascending-order.ts";
import { domainError } from "./domain.ts";

export type Adjustment =
  | "bonferroni"
  | "holm"
  | "hochberg"
  | "hommel"
  | "sidak"
  | "holm-sidak"
  | "benjamini-hochberg"
  | "benjamini-yekutieli";

/**
 * Adjusted p values in the order given, each at least as large as the raw one and at most 1.
 * "hochberg", "hommel" and "benjamini-hochberg" assume independent or positively dependent tests;
 * "sidak" and "holm-sidak" independent ones; the others any. Raw values in [0, 1].
 * @example adjustP([.01, .04, .03], "holm") // [.03, .06, .06]
 */
export function adjustP(p: ArrayLike<number>, method: Adjustment): number[] {
  const raw = requireProbabilities(p);
  const order = ascendingOrder(raw);
  const sorted = new Float64Array(raw.length);
  for (let rank = 0; rank < order.length; rank++) sorted[rank] = raw[order[rank]!]!;
  const inOrder = adjustSorted(sorted, method);
  const adjusted = new Array<number>(raw.length).fill(1);
  for (let rank = 0; rank < order.length; rank++) {
    adjusted[order[rank]!] = Math.min(1, inOrder[rank]!);
  }
  return adjusted;
}

function requireProbabilities(p: ArrayLike<number>): Float64Array {
  const checked = new Float64Array(p.length);
  for (let at = 0; at < p.length; at++) {
    const value = p[at]!;
    if (!(value >= 0 && value <= 1)) {
      throw domainError("multiple testing", `p values in [0, 1], got ${value} at index ${at}`);
    }
    checked[at] = value + 0; // Makes 0 of -0, which has other bits.
  }
  return checked;
}

function adjustSorted(sorted: Float64Array, method: Adjustment): Float64Array {
  const m = sorted.length;
  switch (method) {
    case "bonferroni":
      return sorted.map((p) => m * p);
    case "sidak":
      return sorted.map((p) => atLeastOne(p, m));
    case "holm":
      return stepDown(sorted.map((p, rank) => (m - rank) * p));
    case "holm-sidak":
      return stepDown(sorted.map((p, rank) => atLeastOne(p, m - rank)));
    case "hochberg":
      return stepUp(sorted.map((p, rank) => (m - rank) * p));
    case "hommel":
      return hommel(sorted);
    case "benjamini-hochberg":
      return stepUp(sorted.map((p, rank) => (m / (rank + 1)) * p));
    case "benjamini-yekutieli": {
      let harmonic = 0;
      for (let i = 1; i <= m; i++) harmonic += 1 / i;
      return stepUp(sorted.map((p, rank) => ((m * harmonic) / (rank + 1)) * p));
    }
  }
}

/** Chance of at least one p below `p` among `tests`; exact also where p is tiny. */
function atLeastOne(p: number, tests: number): number {
  return -Math.expm1(tests * Math.log1p(-p));
}

/** No p may be smaller than the one before it. */
function stepDown(scaled: Float64Array): Float64Array {
  for (let at = 1; at < scaled.length; at++) {
    scaled[at] = Math.max(scaled[at]!, scaled[at - 1]!);
  }
  return scaled;
}

/** No p may be larger than the one after it. */
function stepUp(scaled: Float64Array): Float64Array {
  for (let at = scaled.length - 2; at >= 0; at--) {
    scaled[at] = Math.min(scaled[at]!, scaled[at + 1]!);
  }
  return scaled;
}

/**
 * Hommel (1988), Biometrika 75, by closed testing with Simes' test: a p is the largest Simes p over
 * the sets of tests that it must survive in, one of every size m (Wright 1992, Biometrics 48).
 */
function hommel(sorted: Float64Array): Float64Array {
  const count = sorted.length;
  const adjusted = sorted.slice();
  for (let size = count; size > 1; size--) {
    const last = count - size + 1; // The `size - 1` largest stand from here on.
    let simes = Number.POSITIVE_INFINITY;
    for (let k = 2; k <= size; k++) {
      simes = Math.min(simes, (size * sorted[last + k - 2]!) / k);
    }
    for (let at = 0; at < count; at++) {
      const own = at < last ? Math.min(simes, size * sorted[at]!) : simes;
      adjusted[at] = Math.max(adjusted[at]!, own);
    }
  }
  return adjusted;
}
