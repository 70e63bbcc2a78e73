// Quantiles of a beta as a table over normal scores. The exact ones take 100 to 600 us each, too
// much where a plan draws a million of them; the table is made in less time than one or two of
// those.
import { betaQuantile } from "../beta.ts";
import { logGamma, logGammaRatio, logistic, softplus } from "../customer-value/log-gamma.ts";
import { normalCdf } from "../normal.ts";

/** Scores from -FAR to FAR: beyond the least share that 32 bits can name, 2^-33. */
const FAR = 6.4;
const STEP = 0.05;
const HALF = Math.round(FAR / STEP);
/** Runge-Kutta steps from one entry to the next. */
const FINE = 2;
const LOG_ROOT_2PI = Math.log(2 * Math.PI) / 2;

const TABLES_MOST = 512;
const tables = new Map<string, BetaScores>();

/** The table of a beta, kept: plans are drawn in blocks, each from the same distributions. */
export function betaScores(a: number, b: number): BetaScores {
  const key = `${a} ${b}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  if (tables.size >= TABLES_MOST) tables.clear();
  const made = new BetaScores(a, b);
  tables.set(key, made);
  return made;
}

/**
 * The log odds of a Beta(a, b) number as a function of the normal score of its share. That function
 * is smooth even where the beta has poles at its ends, and solves
 * y' = density(z) / (density of the beta at x · x (1 - x)), x = 1 / (1 + e^-y).
 * It is integrated inward from both ends, where errors die out, and read by cubic interpolation:
 * the number is off by less than 1e-6, where both shapes are at least 0.5 by less than 1e-8.
 */
export class BetaScores {
  private readonly logOdds = new Float64Array(2 * HALF + 1);
  private readonly slopes = new Float64Array(2 * HALF + 1);

  /** Shapes of 0.1 and more. */
  constructor(a: number, b: number) {
    this.fill(a, b, 1);
    this.fill(b, a, -1);
  }

  /**
   * The number whose share below it has this normal score.
   * @example new BetaScores(2, 2).at(0) // 0.5
   */
  at(score: number): number {
    const place = (Math.max(-FAR, Math.min(FAR, score)) + FAR) / STEP;
    const k = Math.min(2 * HALF - 1, Math.floor(place));
    const t = place - k;
    const [y0, y1] = [this.logOdds[k]!, this.logOdds[k + 1]!];
    const [s0, s1] = [this.slopes[k]! * STEP, this.slopes[k + 1]! * STEP];
    const rise = y1 - y0;
    // Hermite's cubic, in Horner's form.
    return logistic(y0 + t * (s0 + t * (3 * rise - 2 * s0 - s1 + t * (s0 + s1 - 2 * rise))));
  }

  /** The lower half of Beta(a, b); side -1: of its mirror image, which is the upper half. */
  private fill(a: number, b: number, side: 1 | -1): void {
    const logBeta = logGamma(a) - logGammaRatio(b, a);
    const slope = (z: number, y: number): number =>
      Math.exp(logBeta - (z * z) / 2 - LOG_ROOT_2PI + a * softplus(-y) + b * softplus(y));
    const x = betaQuantile(normalCdf(-FAR), a, b);
    let y = Math.log(x) - Math.log1p(-x);
    for (let k = 0; k <= HALF; k++) {
      const z = (k - HALF) * STEP;
      const place = side === 1 ? k : 2 * HALF - k;
      this.logOdds[place] = side * y;
      this.slopes[place] = slope(z, y);
      for (let fine = 0; fine < FINE; fine++) {
        y = rungeKutta(slope, z + (fine * STEP) / FINE, y, STEP / FINE);
      }
    }
  }
}

/** One step of the classical method of fourth order. */
function rungeKutta(
  slope: (z: number, y: number) => number,
  z: number,
  y: number,
  step: number,
): number {
  const k1 = slope(z, y);
  const k2 = slope(z + step / 2, y + (step / 2) * k1);
  const k3 = slope(z + step / 2, y + (step / 2) * k2);
  const k4 = slope(z + step, y + step * k3);
  return y + (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
}
