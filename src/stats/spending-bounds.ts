// Bounds for a test that is looked at a few planned times: at each look a part of alpha is spent
// (Lan and DeMets 1983, Biometrika 70; here alpha t^power, Kim and DeMets 1987), and the bound is
// found by carrying the density of the unstopped process from look to look (Armitage, McPherson and
// Rowe 1969, JRSS A 132). Less wide than a confidence sequence, but only for looks in the plan.
import { requireDomain } from "./domain.ts";
import { normalCdf, normalDensity, normalQuantile } from "./normal.ts";

export interface SpendingPlan {
  /** False alarms over all looks together. */
  readonly alpha?: number;
  /** 2 spends half of alpha on each side; the upper bound is given, the lower is its mirror. */
  readonly sides?: 1 | 2;
  /** Exponent of the information fraction in the spending function. */
  readonly power?: number;
  /**
   * "exact" solves each look to rounding error. "decimal" stops where the program of Reboussin,
   * DeMets, Kim and Lan (2000) and its descendants do, at 1e-7 of probability: for their tables.
   */
  readonly search?: "exact" | "decimal";
}

/** z beyond which nothing is looked for, and the lower end of the grid. */
const LARGEST_Z = 8;
/** Grid step in standard deviations of an increment, and the most intervals of a look. */
const GRID_STEP = 0.05;
const MOST_INTERVALS = 1000;
/** Looks closer together than this share the bound: no information came in between. */
const SMALLEST_INCREMENT = 1e-5;
const DECIMAL_TOLERANCE = 1e-7;

interface Look {
  readonly information: number;
  readonly spent: number;
  readonly bound: number;
  /** Grid from `low` to `high` with the density of the process that no look has stopped. */
  readonly low: number;
  readonly high: number;
  readonly density: Float64Array;
}

/**
 * The z bound of each look; `information` are the fractions of the planned information at the
 * looks, rising, in (0, 1]. A test statistic beyond the bound stops the experiment.
 * @example spendingBounds([0.5, 1], { power: 1 }) // 2.2414, 2.1251 (alpha .05, two sides)
 */
export function spendingBounds(information: readonly number[], plan: SpendingPlan = {}): number[] {
  const { alpha = 0.05, sides = 2, power = 2, search = "exact" } = plan;
  requirePlan(information, alpha, power);
  const bounds: number[] = [];
  let last: Look | null = null;
  for (const t of information) {
    if (last === null || t - last.information > SMALLEST_INCREMENT) {
      const target = (alpha / sides) * t ** power;
      last = last === null ? firstLook(t, target) : nextLook(last, t, target, search);
    }
    bounds.push(last.bound);
  }
  return bounds;
}

function firstLook(t: number, target: number): Look {
  const deviation = Math.sqrt(t);
  const bound = Math.min(LARGEST_Z, -normalQuantile(target));
  const spent = bound === LARGEST_Z ? normalCdf(-bound) : target;
  const [low, high] = [-LARGEST_Z * deviation, bound * deviation];
  const intervals = Math.ceil((high - low) / (GRID_STEP * deviation));
  const step = (high - low) / intervals;
  const density = Float64Array.from(
    { length: intervals + 1 },
    (_, i) => normalDensity((low + i * step) / deviation) / deviation,
  );
  return { information: t, spent, bound, low, high, density };
}

function nextLook(last: Look, t: number, target: number, search: "exact" | "decimal"): Look {
  const increment = Math.sqrt(t - last.information);
  const deviation = Math.sqrt(t);
  const crossing = (y: number): number => integrate(last, (x) => normalCdf((x - y) / increment));
  const toSpend = Math.max(0, target - last.spent);
  let spent = target;
  let high = LARGEST_Z * deviation;
  if (search === "exact" || toSpend >= DECIMAL_TOLERANCE) {
    const find = search === "exact" ? bisect : decimalSearch;
    high = find(crossing, toSpend, last.high, LARGEST_Z * deviation);
    if (high >= LARGEST_Z * deviation) {
      high = LARGEST_Z * deviation;
      spent = last.spent + crossing(high);
    }
  }
  const low = -LARGEST_Z * deviation;
  const wished = Math.ceil((high - low) / (GRID_STEP * increment));
  const intervals = Math.min(wished, MOST_INTERVALS);
  const step = (high - low) / intervals;
  const density = Float64Array.from({ length: intervals + 1 }, (_, i) => {
    const y = low + i * step;
    return integrate(last, (x) => normalDensity((y - x) / increment) / increment);
  });
  return { information: t, spent, bound: high / deviation, low, high, density };
}

/** Trapezoidal rule over the density of a look. */
function integrate(look: Look, f: (x: number) => number): number {
  const { low, high, density } = look;
  const intervals = density.length - 1;
  const step = (high - low) / intervals;
  let sum = (density[0]! * f(low) + density[intervals]! * f(high)) / 2;
  for (let i = 1; i < intervals; i++) sum += density[i]! * f(low + i * step);
  return sum * step;
}

/** Where the falling `crossing` meets `target`, at most `most`. */
function bisect(
  crossing: (y: number) => number,
  target: number,
  _start: number,
  most: number,
): number {
  if (crossing(most) >= target) return most;
  let [inside, outside] = [-most, most];
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (crossing(middle) > target) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** Steps of 1, .1, .01 and so on, turning round at each crossing, until near enough. */
function decimalSearch(crossing: (y: number) => number, target: number, start: number): number {
  let at = start;
  let found = crossing(at);
  for (let step = 1; Math.abs(found - target) > DECIMAL_TOLERANCE && step > 1e-15; step /= 10) {
    const up = found > target + DECIMAL_TOLERANCE;
    for (let turn = 0; turn < 50; turn++) {
      at += up ? step : -step;
      found = crossing(at);
      const passed = up ? found <= target + DECIMAL_TOLERANCE : found >= target - DECIMAL_TOLERANCE;
      if (passed) break;
    }
  }
  return at;
}

function requirePlan(information: readonly number[], alpha: number, power: number): void {
  const rising = information.every((t, i) => t > 0 && t <= 1 && t >= (information[i - 1] ?? 0));
  const given = `got ${information.join(", ")}`;
  requireDomain(rising, "spending bounds", `rising information fractions in (0, 1], ${given}`);
  requireDomain(alpha > 0 && alpha < 1, "spending bounds", `an alpha in (0, 1), got ${alpha}`);
  requireDomain(power > 0, "spending bounds", `a positive power, got ${power}`);
}
