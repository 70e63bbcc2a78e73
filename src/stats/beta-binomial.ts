// The tail of a binomial whose chance is itself uncertain: how likely more than so many of n come,
// when each comes with one and the same chance that follows a beta distribution.
import { binomialUpperTail } from "./binomial.ts";
import { requireDomain } from "./domain.ts";
import { integrate } from "./quadrature.ts";

/** Standard deviations around either distribution's middle that are looked at one by one. */
const AROUND = 10;

/**
 * Probability of at least `successes` of `n` trials whose common chance has mean `mean` and
 * standard deviation `deviation`, after a beta distribution without poles (both shapes at least 1).
 * Whole numbers 0 <= successes <= n, 0 < mean < 1; deviation 0 is the binomial. Absolute error
 * below 2e-8.
 * @example betaBinomialUpperTail(8, 10, 0.5, Math.sqrt(1 / 20)) // 0.20280 (shapes 2 and 2)
 */
export function betaBinomialUpperTail(
  successes: number,
  n: number,
  mean: number,
  deviation: number,
): number {
  requireDomain(mean > 0 && mean < 1, "beta-binomial", `a mean in (0, 1), got ${mean}`);
  const most = greatestBetaDeviation(mean);
  const valid = deviation >= 0 && deviation <= most * (1 + 1e-9);
  requireDomain(valid, "beta-binomial", `a deviation from 0 to ${most}, got ${deviation}`);
  if (successes === 0) return 1;
  if (deviation === 0) return binomialUpperTail(successes, n, mean);
  const size = (mean * (1 - mean)) / deviation ** 2 - 1;
  const [a, b] = [mean * size, (1 - mean) * size];
  const logAt = (p: number): number => (a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p);
  // Only ratios of the density count: its own integral over the same pieces divides them.
  const mode = size > 2 ? Math.min(1 - 1e-15, Math.max(1e-15, (a - 1) / (size - 2))) : mean;
  const top = logAt(mode);
  const density = (p: number): number => Math.exp(logAt(p) - top);
  const share = successes / n;
  const width = Math.sqrt((share * (1 - share) + 1 / n) / n);
  let [sum, whole] = [0, 0];
  const ends = endsOfPieces([mean, deviation], [share, width]);
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1]!, ends[i]!];
    whole += integrate(density, from, to, 16);
    sum += integrate((p) => density(p) * binomialUpperTail(successes, n, p), from, to, 16);
  }
  return Math.min(1, sum / whole);
}

/** The greatest deviation of a beta distribution with that mean whose density has no pole. */
export function greatestBetaDeviation(mean: number): number {
  const size = 1 / Math.min(mean, 1 - mean);
  return Math.sqrt((mean * (1 - mean)) / (size + 1));
}

/** Pieces of [0, 1], fine where either of two peaks stands. */
function endsOfPieces(...peaks: readonly (readonly [middle: number, width: number])[]): number[] {
  const ends = [0, 1];
  for (const [middle, width] of peaks) {
    for (let i = -AROUND; i <= AROUND; i++) ends.push(middle + i * width);
    for (let far = 2 * AROUND; far * width < 1; far *= 2) {
      ends.push(middle - far * width, middle + far * width);
    }
  }
  const inside = ends.filter((end) => end >= 0 && end <= 1).sort((x, y) => x - y);
  return inside.filter((end, i) => i === 0 || end > inside[i - 1]!);
}
