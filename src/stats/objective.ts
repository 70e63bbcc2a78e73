// Functions of a few numbers as a search looks at them: some know their slopes, of the others
// differences are taken.

export type Objective = (point: readonly number[]) => number;

/** A function's value at a point, and its slopes there in the order of the point. */
export interface Sloped {
  readonly value: number;
  readonly slopes: readonly number[];
}

/** A function that knows its slopes: n of them by differences cost 2n values. */
export interface SlopedObjective {
  readonly sloped: (point: readonly number[]) => Sloped;
}

/** Relative width of differences: the cube root of the rounding unit. */
const STEP = 6e-6;

/** The value of a function at a point, whichever kind it is of. */
export function valueAt(objective: Objective | SlopedObjective, point: readonly number[]): number {
  return typeof objective === "function" ? objective(point) : objective.sloped(point).value;
}

/** What a search sees at a point; slopes by differences are only taken when they are asked for. */
export interface View {
  readonly value: number;
  readonly slopes: () => readonly number[];
}

/** Looks at a function and counts its evaluations. NaN is as little allowed as Infinity. */
export function viewer(objective: Objective | SlopedObjective): {
  readonly view: (point: readonly number[]) => View;
  readonly calls: () => number;
} {
  let calls = 0;
  const allowed = (value: number): number => {
    calls += 1;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const counted: Objective = (point) => allowed(valueAt(objective, point));
  const view = (point: readonly number[]): View => {
    if (typeof objective === "function") {
      return { value: counted(point), slopes: () => gradient(counted, point) };
    }
    const { value, slopes } = objective.sloped(point);
    return { value: allowed(value), slopes: () => slopes };
  };
  return { view, calls: () => calls };
}

function gradient(f: Objective, at: readonly number[]): number[] {
  return at.map((x, j) => {
    const step = STEP * Math.max(1, Math.abs(x));
    const up = [...at];
    const down = [...at];
    up[j] = x + step;
    down[j] = x - step;
    return (f(up) - f(down)) / (up[j]! - down[j]!);
  });
}
