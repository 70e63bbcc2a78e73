// Parameters from counts: cells with an expected number each, quasi-Poisson (McCullagh and Nelder
// 1989, ch. 6), so that counts which scatter more than chance does, since no curve is the world,
// leave wider intervals. Assumptions enter as normal numbers; the posterior is normal at its mode.
import { hessian, inverseOf, minimise } from "../../stats/optimise.ts";
import type { Belief } from "./link.ts";

export interface CellFit {
  readonly posterior: readonly Belief[];
  readonly covariance: readonly (readonly number[])[];
  /** Variance of the counts against that of chance alone; 1 at least. */
  readonly dispersion: number;
}

/** Expected numbers below this tell nothing about scatter. */
const COUNTED = 1;

/** Passes in which the scatter is estimated and the fit repeated. */
const PASSES = 3;

/**
 * @param expected writes the expected number of each cell
 * @param least dispersion that is known beforehand, such as of clusters
 * Null: the counts say nothing, or no mode was found.
 */
export function fitCells(
  priors: readonly Belief[],
  observed: Float64Array,
  expected: (point: readonly number[], into: Float64Array) => void,
  least = 1,
): CellFit | null {
  const cells = new Float64Array(observed.length);
  if (observed.every((count) => count === 0)) return null;
  let dispersion = least;
  let at = priors.map(({ mean }) => mean);
  for (let pass = 0; pass < PASSES; pass++) {
    const objective = (point: readonly number[]): number => {
      expected(point, cells);
      let sum = 0;
      for (let i = 0; i < cells.length; i++) {
        const mean = Math.max(cells[i]!, 1e-9);
        const count = observed[i]!;
        // Less what the best possible mean would give, so that sizes stay near 1.
        sum += mean - count - (count > 0 ? count * Math.log(mean / count) : 0);
      }
      const far = priors.reduce((total, { mean, sd }, j) => {
        return total + ((point[j]! - mean) / sd) ** 2;
      }, 0);
      return sum / dispersion + far / 2;
    };
    const found = minimise(objective, at, { slope: 1e-5 });
    at = [...found.point];
    const covariance = inverseOf(hessian(objective, at, 1e-3));
    if (covariance === null) return null;
    expected(at, cells);
    const next = Math.max(least, scatterOf(observed, cells, priors.length));
    if (pass === PASSES - 1 || Math.abs(next / dispersion - 1) < 0.01) {
      const posterior = at.map((mean, j) => ({ mean, sd: Math.sqrt(covariance[j]![j]!) }));
      return { posterior, covariance, dispersion };
    }
    dispersion = next;
  }
  return null;
}

/** Pearson's chi-square by its degrees of freedom. */
function scatterOf(observed: Float64Array, expected: Float64Array, parameters: number): number {
  let [sum, cells] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const mean = expected[i]!;
    if (mean < COUNTED) continue;
    sum += (observed[i]! - mean) ** 2 / mean;
    cells += 1;
  }
  return cells > parameters ? sum / (cells - parameters) : 1;
}
