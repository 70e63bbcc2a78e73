// A/A splits of data whose truth is known: honest ones pass, and what breaks a promise is seen.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../base/keystream.ts";
import {
  binomialBand,
  columnMomentsOf,
  differenceInMeans,
  meanReader,
  momentsOf,
  pairReader,
  quantileDifference,
  quantileErrorNoise,
  quantileOf,
  quantileReader,
  quantileWindow,
  resplit,
  type Split,
  type SplitAlarms,
  type SplitReader,
  splitAlarms,
  summarizeMoments,
  summarizeRatio,
} from "./index.ts";

const SPLITS = 1000;
const USERS = 4000;

const drawn = (n: number, draw: (random: RandomStream) => number, name = "users"): number[] => {
  const random = randomStream(11, name);
  return Array.from({ length: n }, () => draw(random));
};

/** Values by bucket; without buckets every value is one of its own. */
function grouped<T>(values: readonly T[], bucketOf: (i: number) => number = (i) => i): T[][] {
  const groups: T[][] = [];
  values.forEach((value, i) => {
    const at = bucketOf(i);
    while (groups.length <= at) groups.push([]);
    groups[at]!.push(value);
  });
  return groups;
}

function alarmsOf(reader: SplitReader, buckets: number, seed = 1): SplitAlarms {
  const [effects] = resplit([reader], { buckets, splits: SPLITS }, randomStream(seed, "splits"));
  return splitAlarms(effects!);
}

function meanAlarms(values: readonly number[], bucketOf?: (i: number) => number): SplitAlarms {
  const buckets = grouped(values, bucketOf).map(momentsOf);
  return alarmsOf(meanReader("mean", buckets), buckets.length);
}

const logNormal = (random: RandomStream): number => Math.exp(random.nextNormal());

describe("an honest metric passes", () => {
  it("as a mean, a share, a ratio and a number adjusted by what was before", () => {
    const spend = drawn(USERS, logNormal);
    expect(meanAlarms(spend)).toMatchObject({ finding: "as promised", splits: SPLITS });
    expect(meanAlarms(spend).spread).toBeCloseTo(1, 1);
    const kept = drawn(USERS, (random) => (random.nextFloat() < 0.2 ? 1 : 0));
    const shares = kept.map((value) => momentsOf([value]));
    expect(alarmsOf(meanReader("share", shares), USERS).finding).toBe("as promised");
    const visits = drawn(USERS, (random) => 1 + random.nextInt(5), "visits");
    const pairs = spend.map((value, i) => columnMomentsOf([value * visits[i]!], [visits[i]!]));
    expect(alarmsOf(pairReader("ratio", pairs), USERS).finding).toBe("as promised");
    const after = spend.map((value, i) => columnMomentsOf([value], [value + visits[i]!]));
    expect(alarmsOf(pairReader("adjusted", after), USERS).finding).toBe("as promised");
  });

  it("in buckets of many users as well as one by one", () => {
    const spend = drawn(100_000, logNormal);
    const buckets = drawn(spend.length, (random) => random.nextInt(16_384), "buckets");
    const read = meanAlarms(spend, (i) => buckets[i]!);
    expect(read.finding).toBe("as promised");
    expect(Math.abs(read.spread - 1)).toBeLessThan(0.07);
  });

  it("also far from zero, where squares alone would lose the spread", () => {
    const far = drawn(USERS, (random) => 1e9 + random.nextNormal());
    expect(meanAlarms(far).finding).toBe("as promised");
  });

  it("as a quantile", () => {
    const values = drawn(USERS, logNormal).sort((a, b) => a - b);
    const buckets = Int32Array.from(values, (_, i) => i);
    const reader = windowReader(values, buckets, 0.9, USERS);
    expect(alarmsOf(reader, USERS)).toMatchObject({ finding: "as promised", splits: SPLITS });
  });
});

describe("a broken promise is seen", () => {
  it("where each user stands in several rows that are split together", () => {
    const rows = drawn(USERS, logNormal).flatMap((value) => [value, value]);
    const read = meanAlarms(rows, (i) => Math.floor(i / 2));
    expect(read.finding).toBe("too many");
    // Two equal rows: the true error is the square root of two times as large.
    expect(Math.abs(read.spread / Math.SQRT2 - 1)).toBeLessThan(0.07);
    // Control: split row by row nothing can be seen, since that undoes the dependence.
    expect(meanAlarms(rows).finding).toBe("as promised");
  });

  it("where users of a household behave alike, once households are split", () => {
    const shared = drawn(USERS / 4, (random) => random.nextNormal(), "households");
    const users = drawn(USERS, (random) => random.nextNormal()).map(
      (own, i) => own + shared[Math.floor(i / 4)]!,
    );
    expect(meanAlarms(users, (i) => Math.floor(i / 4)).finding).toBe("too many");
    expect(meanAlarms(users).finding).toBe("as promised");
  });

  it("where one account is larger than all others together", () => {
    const users = [...drawn(USERS, logNormal), 1e6];
    const read = meanAlarms(users);
    expect(read.finding).toBe("too few");
    // Whatever side it falls on, it lies one standard error from nothing: p near .32 every time.
    expect(read.histogram[6]).toBe(SPLITS);
  });

  it("as a quantile of rows, several a user", () => {
    const values = drawn(USERS, logNormal).sort((a, b) => a - b);
    const rows = values.flatMap((value) => [value, value, value]);
    const buckets = Int32Array.from(rows, (_, i) => Math.floor(i / 3));
    expect(alarmsOf(windowReader(rows, buckets, 0.5, USERS), USERS).finding).toBe("too many");
  });
});

function windowReader(
  sorted: readonly number[],
  buckets: Int32Array,
  q: number,
  count: number,
): SplitReader {
  const [from, to] = quantileWindow(sorted.length, q, 0.5);
  const [sizes, below] = [new Float64Array(count), new Float64Array(count)];
  buckets.forEach((bucket, i) => {
    sizes[bucket]! += 1;
    if (i < from) below[bucket]! += 1;
  });
  const values = Float64Array.from(sorted.slice(from, to + 1));
  return quantileReader({ q, values, buckets: buckets.slice(from, to + 1), sizes, below });
}

describe("what is tested is the report's own estimator", () => {
  const split: Split = { held: Int32Array.of(0, 2), isHeld: Uint8Array.of(1, 0, 1, 0) };
  const values = [[1, 2, 9], [4], [7, 7.5], [3, 11]];
  const held = [1, 2, 9, 7, 7.5];
  const others = [4, 3, 11];

  it("for means and ratios, from sums as from rows", () => {
    const of = (numbers: readonly number[]) => summarizeMoments(momentsOf(numbers));
    const found = meanReader("mean", values.map(momentsOf))(split)!;
    expect(found.p).toBeCloseTo(differenceInMeans(of(held), of(others)).p, 12);
    const pair = (numbers: readonly number[]) =>
      columnMomentsOf(
        numbers,
        numbers.map((x) => 1 + x / 3),
      );
    const ratio = pairReader("ratio", values.map(pair))(split)!;
    const direct = differenceInMeans(summarizeRatio(pair(held)), summarizeRatio(pair(others)));
    expect(ratio.p).toBeCloseTo(direct.p, 9);
    expect(ratio.estimate).toBeCloseTo(direct.estimate, 12);
  });

  it("for quantiles, from the values near them as from all", () => {
    const sorted = drawn(USERS, logNormal).sort((a, b) => a - b);
    const isHeld = Uint8Array.from(drawn(USERS, (random) => random.nextInt(2), "half"));
    const list = Int32Array.from(sorted.keys()).filter((i) => isHeld[i] === 1);
    const reader = windowReader(sorted, Int32Array.from(sorted.keys()), 0.8, USERS);
    const own = (mark: number) =>
      quantileOf(
        sorted.filter((_, i) => isHeld[i] === mark),
        0.8,
      );
    expect(reader({ held: list, isHeld })).toEqual(quantileDifference(own(1), own(0)));
  });
});

describe("splits", () => {
  it("that nothing can be read from are left out", () => {
    const same = Array.from({ length: 50 }, () => momentsOf([3]));
    const [effects] = resplit(
      [meanReader("mean", same)],
      { buckets: 50, splits: 20 },
      randomStream(1, "same"),
    );
    expect(effects).toEqual({ p: [], z: [] });
    expect(() => splitAlarms(effects!)).toThrow(/at least one split/);
  });

  it("of unequal parts keep an honest promise, too", () => {
    const buckets = drawn(USERS, (random) => random.nextNormal()).map((x) => momentsOf([x]));
    const [effects] = resplit(
      [meanReader("mean", buckets)],
      { buckets: USERS, splits: SPLITS, share: 0.1 },
      randomStream(3, "tenth"),
    );
    expect(splitAlarms(effects!).finding).toBe("as promised");
  });

  it("refuse designs that are none", () => {
    const design = { buckets: 1, splits: 10 };
    expect(() => resplit([], design, randomStream(1, ""))).toThrow(/2 buckets/);
    const none = { buckets: 9, splits: 10, share: 1 };
    expect(() => resplit([], none, randomStream(1, ""))).toThrow(/share/);
  });
});

it("a quantile is allowed what its few values near the bounds leave open", () => {
  expect(quantileErrorNoise(4000, 0.9, 0.5)).toBeCloseTo(0.0689, 4);
  const effects = { p: [0.01, 0.5, 0.7], z: [2.6, 0.7, 0.4] };
  expect(splitAlarms(effects).spread).toBeCloseTo(Math.sqrt((2.6 ** 2 + 0.49 + 0.16) / 3), 12);
  const wide = splitAlarms({ p: Array(1000).fill(0.5), z: [] }, { errorNoise: 0.07 });
  // Two-sided tails of 1.96 / (1 -+ .07 x 2.576), .01680 and .0968, each with its binomial band.
  expect(wide.allowed).toEqual({
    least: binomialBand(1000, 0.0168, 0.99).least,
    most: binomialBand(1000, 0.0968, 0.99).most,
  });
});

it("a binomial band holds what R's quantiles say", () => {
  expect(binomialBand(1000, 0.05, 0.99)).toEqual({ least: 33, most: 69 });
  expect(binomialBand(10, 0.5, 0.9)).toEqual({ least: 2, most: 8 });
  expect(() => binomialBand(0, 0.5, 0.9)).toThrow(/trials/);
});
