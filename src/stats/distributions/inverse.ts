// Distributions by their inverse: from a share to the number that lies above this share of all. One
// uniform number gives one draw, so that quasi-random points and copulas work through every shape.
import { betaQuantile } from "../beta.ts";
import { domainError } from "../domain.ts";
import { normalCdf, normalScore } from "../normal.ts";
import { betaScores } from "./beta-scores.ts";
import {
  betaShapes,
  cutShares,
  distributionProblem,
  lognormalScale,
} from "./check-distribution.ts";
import type { Distribution } from "./distribution.ts";

export interface Inverse {
  /** The number that lies above the share p of all, 2^-33 <= p <= 1 - 2^-33. */
  fromShare(p: number): number;
  /** The same, of the share that a standard normal number has below this score. */
  fromScore(score: number): number;
}

/** Throws `invalid_data` for a distribution that cannot be. */
export function inverseOf(given: Distribution): Inverse {
  requirePossible(given);
  switch (given.kind) {
    case "fixed":
      return byShare(() => given.value);
    case "uniform": {
      const width = given.high - given.low;
      return byShare((p) => given.low + width * p);
    }
    case "triangular":
      return byShare(triangular(given.low, given.mode, given.high));
    case "pert": {
      const { low, mode, high } = given;
      const width = high - low;
      const scores = betaScores(1 + (4 * (mode - low)) / width, 1 + (4 * (high - mode)) / width);
      return byScore((score) => low + width * scores.at(score));
    }
    case "lognormal": {
      const [mean, sd] = lognormalScale(given.p5, given.p95);
      return cut(
        given,
        byScore((score) => Math.exp(mean + sd * score)),
      );
    }
    case "normal":
      return cut(
        given,
        byScore((score) => given.mean + given.sd * score),
      );
    case "beta": {
      const scores = betaScores(...betaShapes(given.mean, given.sd));
      return cut(
        given,
        byScore((score) => scores.at(score)),
      );
    }
  }
}

/** The median: the point of an uncertain number, which every shape has and every scale keeps. */
export function medianOf(given: Distribution): number {
  requirePossible(given);
  // One exact quantile costs less than a table.
  if (given.kind === "pert") {
    const width = given.high - given.low;
    return given.low + width * betaQuantile(0.5, ...pertShapes(given));
  }
  if (given.kind !== "beta") return inverseOf(given).fromShare(0.5);
  const [below, upTo] = cutShares(given);
  return betaQuantile((below + upTo) / 2, ...betaShapes(given.mean, given.sd));
}

function requirePossible(given: Distribution): void {
  const problem = distributionProblem(given);
  if (problem === null) return;
  throw domainError(`${given.kind} distribution`, `${problem.expected}, found ${problem.found}`);
}

/** Of the beta that PERT stretches from low to high (Malcolm and others 1959, Oper. Res. 7). */
function pertShapes({ low, mode, high }: Range): readonly [a: number, b: number] {
  const width = high - low;
  return [1 + (4 * (mode - low)) / width, 1 + (4 * (high - mode)) / width];
}

interface Range {
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}

function byShare(fromShare: (p: number) => number): Inverse {
  return { fromShare, fromScore: (score) => fromShare(normalCdf(score)) };
}

function byScore(fromScore: (score: number) => number): Inverse {
  return { fromShare: (p) => fromScore(normalScore(p)), fromScore };
}

/** The part of a distribution within its cut; rounding does not carry it over the ends. */
function cut(given: Parameters<typeof cutShares>[0], whole: Inverse): Inverse {
  if (given.within === undefined) return whole;
  const [low, high] = given.within;
  const [below, upTo] = cutShares(given);
  const left = upTo - below;
  return byShare((p) => Math.min(high, Math.max(low, whole.fromShare(below + p * left))));
}

/** A triangle's cumulative function is a parabola on each side of its mode. */
function triangular(low: number, mode: number, high: number): (p: number) => number {
  const width = high - low;
  const [left, right] = [width * (mode - low), width * (high - mode)];
  const share = (mode - low) / width;
  return (p) => (p < share ? low + Math.sqrt(p * left) : high - Math.sqrt((1 - p) * right));
}
