// Draws are the same wherever they are made, have the stated shapes, and the stated correlations.
import { describe, expect, test } from "vitest";
import { inverseOf, medianOf } from "../../stats/distributions/inverse.ts";
import {
  type Assumption,
  type Correlation,
  createAssumptionSet,
  type Distribution,
} from "./index.ts";

function assume(id: string, distribution: Distribution): Assumption {
  const point = medianOf(distribution);
  return { id, unit: "ratio", point, distribution, source: "test", why: null, origin: "source" };
}

function tie(a: string, b: string, rank: number): Correlation {
  return { between: [a, b], rank, source: "test", why: null };
}

const LIST = [
  assume("people", { kind: "lognormal", p5: 20, p95: 300 }),
  assume("card", { kind: "fixed", value: 25 }),
  assume("d30", { kind: "beta", mean: 0.02, sd: 0.03 }),
  assume("margin", { kind: "triangular", low: 1, mode: 1, high: 9 }),
  assume("peak", { kind: "uniform", low: 2, high: 8 }),
];

function drawn(set: ReturnType<typeof createAssumptionSet>, count: number): Float64Array[] {
  const columns = set.list.map(() => new Float64Array(count));
  const into = new Float64Array(set.list.length);
  for (let index = 0; index < count; index++) {
    set.draw(index, into);
    for (const [place, column] of columns.entries()) column[index] = into[place]!;
  }
  return columns;
}

/** Spearman's rank correlation of numbers without ties. */
function rankCorrelation(x: Float64Array, y: Float64Array): number {
  const ranks = (values: Float64Array): number[] => {
    const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
    const rank = new Array<number>(values.length);
    for (const [place, i] of order.entries()) rank[i] = place;
    return rank;
  };
  const [a, b] = [ranks(x), ranks(y)];
  const n = x.length;
  const squares = a.reduce((sum, rank, i) => sum + (rank - b[i]!) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

test("a draw depends on its number and the seed alone", () => {
  const ties = [tie("people", "d30", -0.4)];
  const columns = drawn(createAssumptionSet(LIST, ties, "s"), 100);
  const again = createAssumptionSet(LIST, ties, "s");
  const into = new Float64Array(LIST.length);
  for (const index of [99, 3, 57, 0, 3]) {
    again.draw(index, into);
    expect([...into]).toEqual(columns.map((column) => column[index]));
  }
  createAssumptionSet(LIST, ties, "t").draw(3, into);
  expect(into[0]).not.toBe(columns[0]![3]);
});

test("fixing one assumption leaves the draws of the others as they were", () => {
  const columns = drawn(createAssumptionSet(LIST, [], "s"), 50);
  const list = LIST.map((each) =>
    each.id === "d30" ? assume("d30", { kind: "fixed", value: 0.1 }) : each,
  );
  const others = drawn(createAssumptionSet(list, [], "s"), 50);
  expect(others[2]!.every((value) => value === 0.1)).toBe(true);
  for (const place of [0, 1, 3, 4]) expect(others[place]).toEqual(columns[place]);
});

test("the draws have the shapes that were stated", () => {
  const set = createAssumptionSet(LIST, [tie("people", "d30", 0.7)], "shape");
  const columns = drawn(set, 10_000);
  for (const [place, { distribution }] of LIST.entries()) {
    const sorted = columns[place]!.toSorted();
    for (const p of [0.05, 0.5, 0.95]) {
      const exact = inverseOf(distribution).fromShare(p);
      expect(Math.abs(sorted[Math.floor(p * 10_000)]! / exact - 1)).toBeLessThan(0.01);
      expect(set.quantile(place, p)).toBe(exact);
    }
  }
  expect([...set.points]).toEqual(LIST.map(({ point }) => point));
});

describe("requested rank correlations are drawn within 0.02", () => {
  test.each([-0.95, -0.4, 0, 0.25, 0.7, 0.99])("%d, of skewed assumptions", (rank) => {
    const set = createAssumptionSet(LIST, [tie("people", "d30", rank)], 1);
    const columns = drawn(set, 10_000);
    expect(Math.abs(rankCorrelation(columns[0]!, columns[2]!) - rank)).toBeLessThan(0.02);
    expect(Math.abs(rankCorrelation(columns[0]!, columns[4]!))).toBeLessThan(0.02);
  });

  test("three at once", () => {
    const ties = [
      tie("people", "d30", -0.4),
      tie("peak", "people", 0.6),
      tie("margin", "d30", 0.5),
    ];
    const columns = drawn(createAssumptionSet(LIST, ties, 2), 10_000);
    const rank = (a: number, b: number): number => rankCorrelation(columns[a]!, columns[b]!);
    expect(Math.abs(rank(0, 2) + 0.4)).toBeLessThan(0.02);
    expect(Math.abs(rank(4, 0) - 0.6)).toBeLessThan(0.02);
    expect(Math.abs(rank(3, 2) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(rank(3, 4))).toBeLessThan(0.02);
  });
});

describe("correlations that cannot be are refused:", () => {
  const cases: [string, Correlation[], string][] = [
    [
      "three that contradict each other, named",
      [
        tie("margin", "peak", 0.1),
        tie("people", "d30", 0.9),
        tie("d30", "peak", 0.9),
        tie("people", "peak", -0.9),
      ],
      "expected ranks that can hold together, found margin and peak (0.1), people and d30 (0.9), d30 and peak (0.9), people and peak (-0.9): no numbers vary like that",
    ],
    ["an unknown name", [tie("people", "d3", 0.1)], "found d3"],
    ["a fixed one", [tie("people", "card", 0.1)], "found card, which is fixed"],
    ["one with itself", [tie("people", "people", 0.1)], "found people twice"],
    ["a pair again", [tie("people", "d30", 0.1), tie("d30", "people", 0.1)], "each pair once"],
    ["a perfect one", [tie("people", "d30", 1)], "between -1 and 1, both excluded, found 1"],
  ];
  test.each(cases)("%s", (_, ties, message) => {
    expect(() => createAssumptionSet(LIST, ties, 1)).toThrow(message);
  });
});
