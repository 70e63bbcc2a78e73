import { describe, expect, it } from "vitest";
import type { Objective, SlopedObjective } from "./objective.ts";
import { hessian, inverseOf, minimise, polished } from "./optimise.ts";

type Known = [name: string, f: Objective, start: number[], minimum: number[]];

// Functions with known minima (More, Garbow and Hillstrom 1981, ACM TOMS 7).
const KNOWN: Known[] = [
  ["Rosenbrock", ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], [1, 1]],
  [
    "Rosenbrock in four dimensions",
    (v) =>
      [0, 1, 2].reduce((sum, i) => sum + 100 * (v[i + 1]! - v[i]! ** 2) ** 2 + (1 - v[i]!) ** 2, 0),
    [-1.2, 1, -1.2, 1],
    [1, 1, 1, 1],
  ],
  [
    "Beale",
    ([x = 0, y = 0]) =>
      (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2,
    [1, 1],
    [3, 0.5],
  ],
  ["Booth", ([x = 0, y = 0]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2, [10, -10], [1, 3]],
  ["a badly scaled bowl", ([x = 0, y = 0]) => x ** 2 + 1e6 * (y - 2) ** 2, [50, 50], [0, 2]],
  ["one number", ([x = 0]) => Math.exp(x) - 3 * x, [0], [Math.log(3)]],
];

/** The first of them, with its slopes. */
const rosenbrock: SlopedObjective = {
  sloped: ([x = 0, y = 0]) => ({
    value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    slopes: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  }),
};

describe("minimise", () => {
  it.each(KNOWN)("finds the minimum of %s", (_, f, start, minimum) => {
    const found = minimise(f, start);
    expect(found.converged).toBe(true);
    found.point.forEach((x, j) => {
      expect(x).toBeCloseTo(minimum[j]!, 5);
    });
  });

  it("goes by a function's own slopes, in a quarter of the evaluations", () => {
    const [, f, start, minimum] = KNOWN[0]!;
    const found = minimise(rosenbrock, start);
    near(found.point, minimum, 7);
    expect(found.converged).toBe(true);
    expect(found.evaluations).toBeLessThan(minimise(f, start).evaluations / 4);
  });

  it("does not arrive by slopes that are another function's", () => {
    const wrong: SlopedObjective = {
      sloped: (point) => ({ ...rosenbrock.sloped(point), slopes: [1, 1] }),
    };
    expect(minimise(wrong, [-1.2, 1]).converged).toBe(false);
  });

  it("stays where the function is finite", () => {
    const f: Objective = ([x = 0]) => x - Math.log(x);
    const { point, converged } = minimise(f, [100]);
    expect([point[0]!.toFixed(6), converged]).toEqual(["1.000000", true]);
  });

  it("says when there is no lowest point", () => {
    const slope: Objective = ([x = 0]) => -x;
    expect(minimise(slope, [0]).converged).toBe(false);
  });

  it("refuses a start where the function is not finite", () => {
    expect(() => minimise(() => Number.NaN, [1])).toThrow(/a finite start/);
  });

  it("says when it was stopped before it arrived", () => {
    const [, f, start] = KNOWN[0]!;
    expect(minimise(f, start, { iterations: 3 }).converged).toBe(false);
  });
});

function near(found: readonly number[], expected: readonly number[], digits: number): void {
  for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, digits);
}

describe("curvature", () => {
  it("is that of a known function", () => {
    const found = hessian(([x = 0, y = 0]) => x * x + 3 * x * y + Math.exp(y), [1, 0]);
    near(found.flat(), [2, 3, 3, 1], 5);
  });

  it("takes a minimum that was nearly found the rest of the way", () => {
    const nearly = minimise(rosenbrock, [-1.2, 1], { slope: 1e-3 });
    const inverse = inverseOf(hessian(rosenbrock, nearly.point))!;
    const found = polished(rosenbrock, nearly, inverse);
    expect(found.slope).toBeLessThan(nearly.slope / 100);
    near(found.point, [1, 1], 8);
    const away = inverse.map((row) => row.map((h) => -h));
    expect(polished(rosenbrock, nearly, away).point).toBe(nearly.point);
  });

  it("is that of the slopes, where the function has them", () => {
    near(hessian(rosenbrock, [1, 1]).flat(), [802, -400, -400, 200], 2);
  });

  it("is inverted, and refused where it bends down", () => {
    const bowl = [4, 2, 2, 3];
    near(inverseOf([bowl.slice(0, 2), bowl.slice(2)])!.flat(), [0.375, -0.25, -0.25, 0.5], 12);
    const saddle = [1, 2, 2, 1];
    expect(inverseOf([saddle.slice(0, 2), saddle.slice(2)])).toBeNull();
    expect(inverseOf([[Number.NaN]])).toBeNull();
  });
});
