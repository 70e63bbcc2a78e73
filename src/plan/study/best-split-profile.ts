// How flat the optimum of a split is: what would be reached with one wave's share or one offer's
// amount held elsewhere and everything else at its best.
import type { SplitGrid } from "./best-split-grid.ts";
import {
  type SolveSplit,
  type SplitBranch,
  type SplitProblem,
  valueAt,
  type WaveResponse,
} from "./best-split-solve.ts";

export interface ProfilePoint {
  /** Share of the budget, or amount. */
  readonly at: number;
  /** Mean of the aim; null: nothing within the limits goes with it. */
  readonly value: number | null;
}

export interface SplitProfile {
  readonly of: "wave" | "offer";
  readonly id: string;
  readonly points: readonly ProfilePoint[];
}

export interface Nearly {
  /** How much worse counts as hardly: part of the best, or of the budget for money. */
  readonly part: number;
  readonly ranges: readonly {
    readonly of: "wave" | "offer";
    readonly id: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** One per cent. */
const HARDLY = 0.01;

export function splitProfiles(
  problem: SplitProblem,
  grid: SplitGrid,
  solve: SolveSplit,
): SplitProfile[] {
  const bestOf = (held: SplitProblem): number | null =>
    held.branches.length === 0 ? null : (solve(held)?.value ?? null);
  const waves = grid.waves
    .map(({ id, shares }, wave): SplitProfile => {
      const points = shares.map((at) => ({ at, value: bestOf(withShare(problem, wave, at)) }));
      return { of: "wave", id, points };
    })
    // A share that nothing can change has no profile.
    .filter(({ points }) => points.length > 1);
  const offers = grid.amounts
    .filter(({ levels }) => levels.length > 1)
    .map(({ offer, levels }): SplitProfile => {
      const points = levels.map((at) => ({
        at,
        value: bestOf(withAmount(problem, grid, offer, at)),
      }));
      return { of: "offer", id: offer, points };
    });
  return [...waves, ...offers];
}

/** @param money what money is a part of; null: the aim itself is what one per cent is of */
export function nearlyAsGood(
  profiles: readonly SplitProfile[],
  best: number,
  money: number | null,
): Nearly {
  const least = best - HARDLY * (money ?? Math.abs(best));
  return {
    part: HARDLY,
    ranges: profiles.map(({ of, id, points }) => ({ of, id, ...rangeAbove(points, least) })),
  };
}

/** Around the best point, as far as the line between the points stays above. */
function rangeAbove(
  points: readonly ProfilePoint[],
  least: number,
): { readonly from: number; readonly to: number } {
  const values = points.map(({ value }) => value ?? Number.NEGATIVE_INFINITY);
  const top = values.indexOf(Math.max(...values));
  const edge = (step: 1 | -1): number => {
    let at = top;
    while (values[at + step] !== undefined && values[at + step]! >= least) at += step;
    const [inner, outer] = [points[at]!, points[at + step]];
    if (outer === undefined || values[at + step] === Number.NEGATIVE_INFINITY) return inner.at;
    const part = (values[at]! - least) / (values[at]! - values[at + step]!);
    return inner.at + Math.min(1, Math.max(0, part)) * (outer.at - inner.at);
  };
  return { from: edge(-1), to: edge(1) };
}

function withShare({ branches }: SplitProblem, wave: number, share: number): SplitProblem {
  const held = ({ options }: WaveResponse): WaveResponse => ({
    options: options.map((points) => [{ share, value: valueAt(points, share) }]),
  });
  return {
    branches: branches.map((branch) => ({
      ...branch,
      waves: branch.waves.map((each, w) => (w === wave ? held(each) : each)),
    })),
  };
}

function withAmount(
  { branches }: SplitProblem,
  grid: SplitGrid,
  offer: string,
  amount: number,
): SplitProblem {
  const isLeading = grid.branches.some((all) => all.some((one) => one.offer === offer));
  const has = (all: readonly { readonly offer: string; readonly amount: number }[]): boolean =>
    all.every((one) => one.offer !== offer || one.amount === amount);
  const held = (branch: SplitBranch): SplitBranch => ({
    ...branch,
    waves: branch.waves.map(({ options }, w) => ({
      options: options.filter((_, o) => has(grid.waves[w]!.options[o]!)),
    })),
  });
  const kept = isLeading ? branches.filter((_, b) => has(grid.branches[b]!)) : branches;
  return { branches: kept.map(held) };
}
