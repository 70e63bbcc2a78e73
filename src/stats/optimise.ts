// Finds the lowest point of a smooth function of a few numbers: BFGS (Nocedal and Wright 2006,
// ch. 6) with the function's own slopes or central differences, and a line search for the weak
// Wolfe conditions (Lewis and Overton 2013), which also walks round regions where the function is
// not finite.
import { requireDomain } from "./domain.ts";
import { type Objective, type SlopedObjective, type View, viewer } from "./objective.ts";

export interface MinimiseOptions {
  /** Largest slope in any direction that counts as level; default 1e-8. */
  readonly slope?: number;
  /** Default 200. */
  readonly iterations?: number;
  /** What the curvature is like at the start, if that is known: the inverse Hessian. */
  readonly inverseHessian?: readonly (readonly number[])[];
}

export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  /** Whether the point is level: false says that the search stopped before. */
  readonly converged: boolean;
  /** Largest absolute slope at the point. */
  readonly slope: number;
  readonly evaluations: number;
}

const ARMIJO = 1e-4;
const WOLFE = 0.9;

/**
 * The minimum that is reached from `start`. The function must be finite there; elsewhere Infinity
 * and NaN mean "not allowed". Slopes count in the function's own units: scale it to about 1.
 * @example minimise(([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]) // at 1, 1
 */
export function minimise(
  objective: Objective | SlopedObjective,
  start: readonly number[],
  options: MinimiseOptions = {},
): Minimum {
  const { slope: level = 1e-8, iterations = 200 } = options;
  const { view, calls } = viewer(objective);
  const first = view(start);
  let [at, value] = [[...start], first.value];
  requireDomain(Number.isFinite(value), "minimise", `a finite start, got ${value} at ${at}`);
  let slopes = first.slopes();
  let inverse = options.inverseHessian?.map((row) => [...row]) ?? identity(at.length);
  let isFresh = options.inverseHessian === undefined;
  for (let i = 0; i < iterations && largest(slopes) > level; i++) {
    let direction = scaled(times(inverse, slopes), -1);
    if (!(dot(direction, slopes) < 0)) {
      inverse = identity(at.length);
      direction = scaled(slopes, -1);
      isFresh = true;
    }
    if (isFresh) direction = scaled(direction, Math.min(1, 1 / largest(direction)));
    const next = lineSearch(view, at, value, slopes, direction);
    if (next === null) {
      if (isFresh) break;
      // The curvature may be misremembered: try once straight down before giving up.
      inverse = identity(at.length);
      isFresh = true;
      continue;
    }
    const step = next.at.map((x, j) => x - at[j]!);
    const bend = next.slopes.map((g, j) => g - slopes[j]!);
    if (isFresh) inverse = scaledIdentity(step, bend);
    inverse = updated(inverse, step, bend);
    isFresh = false;
    ({ at, value, slopes } = next);
  }
  const slope = largest(slopes);
  return { point: at, value, converged: slope <= level, slope, evaluations: calls() };
}

/**
 * One step of Newton's on from a minimum, kept if it is leveller there: a search stops where values
 * no longer differ in their last digit, and slopes still tell half as many digits more.
 * @param inverse of the matrix of second derivatives there
 */
export function polished(
  { sloped }: SlopedObjective,
  minimum: Minimum,
  inverse: readonly (readonly number[])[],
): Minimum {
  const move = times(inverse, sloped(minimum.point).slopes);
  const point = minimum.point.map((x, j) => x - move[j]!);
  const { value, slopes } = sloped(point);
  const slope = largest(slopes);
  const evaluations = minimum.evaluations + 2;
  if (!(slope < minimum.slope)) return { ...minimum, evaluations };
  return { ...minimum, point, value, slope, evaluations };
}

/**
 * The matrix of second derivatives at a point, by central differences of width `step` (absolute):
 * of the slopes where the function knows them, of its values otherwise.
 * @example hessian(([x, y]) => x * x + 3 * x * y, [0, 0]) // [[2, 3], [3, 0]]
 */
export function hessian(
  objective: Objective | SlopedObjective,
  at: readonly number[],
  step = 1e-3,
): number[][] {
  if (typeof objective !== "function") return hessianOfSlopes(objective, at, step);
  const moved = (i: number, di: number, j: number, dj: number): number => {
    const point = [...at];
    point[i]! += di * step;
    point[j]! += dj * step;
    return objective(point);
  };
  const centre = objective(at);
  const found = identity(at.length);
  for (let i = 0; i < at.length; i++) {
    found[i]![i] = (moved(i, 1, i, 0) - 2 * centre + moved(i, -1, i, 0)) / step ** 2;
    for (let j = 0; j < i; j++) {
      const same = moved(i, 1, j, 1) + moved(i, -1, j, -1);
      const crossed = moved(i, 1, j, -1) + moved(i, -1, j, 1);
      found[i]![j] = (same - crossed) / (4 * step ** 2);
      found[j]![i] = found[i]![j]!;
    }
  }
  return found;
}

function hessianOfSlopes(
  { sloped }: SlopedObjective,
  at: readonly number[],
  step: number,
): number[][] {
  const rows = at.map((_, j) => {
    const [up, down] = [1, -1].map((side) => {
      return sloped(at.map((x, i) => (i === j ? x + side * step : x))).slopes;
    });
    return at.map((_, i) => (up![i]! - down![i]!) / (2 * step));
  });
  return rows.map((row, i) => row.map((h, j) => (h + rows[j]![i]!) / 2));
}

/**
 * The inverse of a symmetric positive definite matrix (Cholesky), or null if it is not that.
 * @example inverseOf([[4, 2], [2, 3]]) // [[.375, -.25], [-.25, .5]]
 */
export function inverseOf(matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length;
  const lower = identity(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = rest / lower[j]![j]!;
      else if (rest > 0 && Number.isFinite(rest)) lower[i]![i] = Math.sqrt(rest);
      else return null;
    }
  }
  const columns = identity(n).map((unit) => solved(lower, unit));
  return columns.map((_, i) => columns.map((column) => column[i]!));
}

/** Forward and back substitution through the Cholesky factor. */
function solved(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const x = [...right];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

interface Place {
  readonly at: number[];
  readonly value: number;
  readonly slopes: readonly number[];
}

/** Bisects for a step that goes down enough and flattens enough; null when nothing goes down. */
function lineSearch(
  view: (point: readonly number[]) => View,
  at: readonly number[],
  value: number,
  slopes: readonly number[],
  direction: readonly number[],
): Place | null {
  const descent = dot(slopes, direction);
  let [low, high, length] = [0, Number.POSITIVE_INFINITY, 1];
  let best: Place | null = null;
  for (let trial = 0; trial < 50; trial++) {
    const moved = at.map((x, j) => x + length * direction[j]!);
    const { value: found, slopes: slopesOf } = view(moved);
    if (!(found <= value + ARMIJO * length * descent) || found === value) high = length;
    else {
      const there = slopesOf();
      if (!there.every(Number.isFinite)) high = length;
      else {
        best = { at: moved, value: found, slopes: there };
        if (dot(there, direction) >= WOLFE * descent) return best;
        low = length;
      }
    }
    length = high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
  }
  return best;
}

/** The BFGS update of the inverse Hessian; left out where the function bends the wrong way. */
function updated(
  inverse: readonly (readonly number[])[],
  step: readonly number[],
  bend: readonly number[],
): number[][] {
  const sy = dot(step, bend);
  if (!(sy > 1e-14 * Math.sqrt(dot(step, step) * dot(bend, bend)))) {
    return inverse.map((row) => [...row]);
  }
  const hy = times(inverse, bend);
  const weight = (1 + dot(bend, hy) / sy) / sy;
  return inverse.map((row, i) =>
    row.map(
      (h, j) => h + weight * step[i]! * step[j]! - (hy[i]! * step[j]! + step[i]! * hy[j]!) / sy,
    ),
  );
}

function scaledIdentity(step: readonly number[], bend: readonly number[]): number[][] {
  const sy = dot(step, bend);
  const scale = sy > 0 ? sy / dot(bend, bend) : 1;
  return identity(step.length).map((row) => scaled(row, scale));
}

function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
}

function times(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => dot(row, vector));
}

function scaled(vector: readonly number[], by: number): number[] {
  return vector.map((x) => x * by);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** NaN counts as endless, so that a slope that cannot be had is never "level". */
function largest(vector: readonly number[]): number {
  return vector.reduce((top, x) => Math.max(top, Number.isNaN(x) ? Infinity : Math.abs(x)), 0);
}
