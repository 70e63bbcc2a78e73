// Regression adjustment, posteriors, intervals and several tests at once: the published numbers of
// the docstrings, and identities that hold for any numbers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Adjustment,
  absolutePrior,
  adjustedRatio,
  adjustP,
  betaCdf,
  betaQuantile,
  compareShares,
  differenceInMeans,
  differenceInQuantiles,
  type Effect,
  effectOf,
  effectPosterior,
  equivalence,
  expectedLoss,
  momentsOf,
  nonInferiority,
  oddsRatioInterval,
  oneSided,
  pairMomentsOf,
  pooledDifferenceInMeans,
  postStratified,
  type QuadMoments,
  quantileOf,
  regressionAdjusted,
  relativePrior,
  scoreDifferenceInterval,
  scoreOddsRatioInterval,
  sharePosterior,
  summarizeMoments,
  summarizeQuantile,
  winsorize,
} from "./index.ts";

const METHODS: Adjustment[] = [
  "bonferroni",
  "holm",
  "hochberg",
  "hommel",
  "sidak",
  "holm-sidak",
  "benjamini-hochberg",
  "benjamini-yekutieli",
];

const pairs = fc.array(fc.tuple(number(), number()), { minLength: 5, maxLength: 30 });

function number(): fc.Arbitrary<number> {
  return fc.integer({ min: -50_000, max: 100_000 }).map((thousandths) => thousandths / 1000);
}

describe("regression adjustment", () => {
  it("without a history that varies is the plain difference", () => {
    const arm = (y: number[]) => pairMomentsOf(y.map((each) => [3, each]));
    const adjusted = regressionAdjusted(arm([1, 2, 4, 8]), arm([2, 3, 7, 9]));
    const plain = differenceInMeans(
      summarizeMoments(momentsOf([1, 2, 4, 8])),
      summarizeMoments(momentsOf([2, 3, 7, 9])),
    );
    expect(adjusted.theta).toBe(0);
    expect(adjusted.absolute.estimate).toBeCloseTo(plain.estimate, 12);
    expect(adjusted.absolute.p).toBeCloseTo(plain.p, 12);
  });

  it("reverses its sign when the arms change places", () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        fc.pre(new Set(a.map(([, y]) => y)).size > 2 && new Set(b.map(([, y]) => y)).size > 2);
        fc.pre(new Set([...a, ...b].map(([x]) => x)).size > 2);
        const there = regressionAdjusted(pairMomentsOf(a), pairMomentsOf(b)).absolute;
        const back = regressionAdjusted(pairMomentsOf(b), pairMomentsOf(a)).absolute;
        expect(back.estimate).toBeCloseTo(-there.estimate, 8);
        expect(back.standardError).toBeCloseTo(there.standardError, 8);
      }),
    );
  });

  it("removes what the history explains", () => {
    const rows = Array.from({ length: 200 }, (_, i): [number, number] => [i, 2 * i + (i % 7)]);
    const shifted = rows.map(([x, y]): [number, number] => [x, y + 1]);
    const { varianceReduction, absolute } = regressionAdjusted(
      pairMomentsOf(rows),
      pairMomentsOf(shifted),
    );
    expect(varianceReduction).toBeGreaterThan(0.999);
    expect(absolute.estimate).toBeCloseTo(1, 10);
  });

  it("of a ratio with denominators of one is that of the mean", () => {
    const rows = (seed: number): [number, number][] =>
      Array.from({ length: 50 }, (_, i) => [10 + ((i * seed) % 7), 20 + ((i * seed) % 11)]);
    const quad = (from: [number, number][]): QuadMoments => {
      const four = from.map(([before, now]) => [now, 1, before, 1]);
      const sum = (f: (row: number[]) => number) => four.reduce((s, row) => s + f(row), 0);
      const products = [0, 1, 2, 3].map((i) =>
        [0, 1, 2, 3].map((j) => sum((row) => row[i]! * row[j]!)),
      );
      const sums = [0, 1, 2, 3].map((i) => sum((row) => row[i]!));
      return { n: from.length, sums, products } as unknown as QuadMoments;
    };
    const [a, b] = [rows(3), rows(5)];
    const ratio = adjustedRatio(quad(a), quad(b));
    const x = (arm: [number, number][]) => summarizeMoments(momentsOf(arm.map((row) => row[0])));
    const theta = ratio.theta;
    const shift = theta * (x(b).mean - x(a).mean);
    expect(ratio.absolute.estimate).toBeCloseTo(
      ratio.treatmentRatio - ratio.controlRatio - shift,
      10,
    );
    expect(ratio.relative?.estimate).toBeCloseTo(ratio.absolute.estimate / ratio.controlRatio, 12);
  });
});

describe("one-sided readings", () => {
  const effect: Effect = effectOf(1.2, 0.6, 40);

  it("have half the two-sided p on the side of the estimate", () => {
    expect(oneSided(effect, "greater").p).toBeCloseTo(effect.p / 2, 14);
    expect(oneSided(effect, "greater").p + oneSided(effect, "less").p).toBeCloseTo(1, 14);
    expect(oneSided(effect, "greater").upper).toBe(Number.POSITIVE_INFINITY);
    expect(oneSided({ ...effect, level: 0.975 }, "greater").lower).toBeCloseTo(effect.lower, 12);
  });

  it("say that small is equivalent and that a little worse is not inferior", () => {
    const none = effectOf(0, 1, Number.POSITIVE_INFINITY);
    expect(equivalence(none, -2, 2).p).toBeCloseTo(0.022750131948179, 12);
    expect(equivalence(none, -2, 2).equivalent).toBe(true);
    expect(equivalence(none, -1, 2).equivalent).toBe(false);
    const worse = effectOf(-0.5, 0.5, Number.POSITIVE_INFINITY);
    expect(nonInferiority(worse, 1.5).p).toBeCloseTo(0.022750131948179, 12);
    const refunds = effectOf(0.5, 0.5, Number.POSITIVE_INFINITY);
    expect(nonInferiority(refunds, 1.5, "less").p).toBeCloseTo(nonInferiority(worse, 1.5).p, 14);
    expect(() => nonInferiority(worse, 0)).toThrow(/positive margin/);
  });

  it("agree with the interval: equivalent exactly if it lies within the margins", () => {
    fc.assert(
      fc.property(number(), fc.double({ min: 0.1, max: 30, noNaN: true }), (estimate, se) => {
        const found = equivalence(effectOf(estimate, se, 25), -20, 20);
        expect(found.equivalent).toBe(found.lower > -20 && found.upper < 20);
      }),
    );
  });
});

describe("posteriors", () => {
  it("with the flat prior are the normal interval, and split the estimate into two losses", () => {
    const posterior = effectPosterior({ estimate: 0.3, standardError: 0.2 });
    const normal = effectOf(0.3, 0.2, Number.POSITIVE_INFINITY);
    expect([posterior.lower, posterior.upper]).toEqual([normal.lower, normal.upper]);
    expect(posterior.lossOfControl - posterior.lossOfTreatment).toBeCloseTo(0.3, 14);
  });

  it("lie between prior and data, and are narrower than both", () => {
    fc.assert(
      fc.property(number(), number(), (estimate, mean) => {
        const posterior = effectPosterior({ estimate, standardError: 2 }, { mean, variance: 9 });
        const [low, high] = [Math.min(estimate, mean), Math.max(estimate, mean)];
        expect(posterior.mean).toBeGreaterThanOrEqual(low - 1e-12);
        expect(posterior.mean).toBeLessThanOrEqual(high + 1e-12);
        expect(posterior.standardDeviation).toBeLessThan(2);
      }),
    );
  });

  it("lose next to nothing far from zero, and never less than nothing", () => {
    expect(expectedLoss(0.1, 0.05).lossOfTreatment).toBeCloseTo(0.0004245351308414, 15);
    const far = expectedLoss(1, 0.08).lossOfTreatment;
    expect(far).toBeGreaterThan(0);
    // The series takes over at ten deviations without a step.
    const [near, beyond] = [expectedLoss(0.9999, 0.1), expectedLoss(1.0001, 0.1)];
    expect(near.lossOfTreatment / beyond.lossOfTreatment).toBeCloseTo(Math.exp(0.02), 3);
  });

  it("carry a prior from one scale to the other and back", () => {
    const prior = { mean: 0.1, variance: 0.04 };
    expect(relativePrior(absolutePrior(prior, 7), 7)).toEqual({
      mean: expect.closeTo(0.1, 14),
      variance: expect.closeTo(0.04, 14),
    });
    expect(absolutePrior("flat", 7)).toBe("flat");
  });

  it.each(betaTable())("beta quantile at %d of (%d, %d)", (p, a, b, x) => {
    expect(Math.abs(betaQuantile(p, a, b) / x - 1)).toBeLessThan(1e-11);
    expect(betaCdf(x, a, b)).toBeCloseTo(p, 8);
  });

  it.each(comparisonTable())("shares (%d, %d) against (%d, %d)", (a, b, c, d, ...expected) => {
    const found = compareShares({ a, b }, { a: c, b: d });
    expect(found.chanceToBeat).toBeCloseTo(expected[0]!, 11);
    expect(found.lossOfControl).toBeCloseTo(expected[1]!, 11);
    expect(found.lossOfTreatment).toBeCloseTo(expected[2]!, 11);
  });

  it("of shares change places with the arms", () => {
    const [a, b] = [
      sharePosterior({ successes: 3, n: 1000 }),
      sharePosterior({ successes: 9000, n: 3_000_000 }),
    ];
    const [there, back] = [compareShares(a, b), compareShares(b, a)];
    expect(there.chanceToBeat + back.chanceToBeat).toBeCloseTo(1, 11);
    expect(there.lossOfControl).toBeCloseTo(back.lossOfTreatment, 11);
  });
});

describe("several tests", () => {
  it.each(METHODS)(
    "%s never makes a p smaller, keeps the order and ignores the sequence",
    (method) => {
      const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
      fc.assert(
        fc.property(values, (p) => {
          const adjusted = adjustP(p, method);
          p.forEach((raw, at) => {
            expect(adjusted[at]).toBeGreaterThanOrEqual(raw * (1 - 1e-12));
            expect(adjusted[at]).toBeLessThanOrEqual(1);
            p.forEach((other, by) => {
              if (raw < other) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[by]!);
            });
          });
          expect(adjustP(p.toReversed(), method)).toEqual(adjusted.toReversed());
        }),
        { numRuns: 50 },
      );
    },
  );

  it("Hommel's is the closed test with Simes' p over every set of tests", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(values, (p) => {
        adjustP(p, "hommel").forEach((found, at) => {
          expect(found).toBeCloseTo(closedSimes(p, at), 12);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("of one question are that question's p", () => {
    for (const method of METHODS) expect(adjustP([0.03], method)[0]).toBeCloseTo(0.03, 15);
    expect(adjustP([], "holm")).toEqual([]);
    expect(() => adjustP([1.2], "holm")).toThrow(/p values in \[0, 1\]/);
  });
});

describe("shares at small counts", () => {
  const [control, treatment] = [
    { successes: 1, n: 34 },
    { successes: 7, n: 34 },
  ];

  it("have the score intervals that a solver finds, with and without correction", () => {
    const corrected = scoreDifferenceInterval(control, treatment);
    expect(corrected.lower).toBeCloseTo(0.0270416, 6);
    expect(corrected.upper).toBeCloseTo(0.3452912, 6);
    const mee = scoreDifferenceInterval(control, treatment, { corrected: false });
    expect(mee.lower).toBeCloseTo(0.0283705, 6);
    const swapped = scoreDifferenceInterval(treatment, control);
    expect(swapped.lower).toBeCloseTo(-corrected.upper, 9);
  });

  it("have intervals of the odds ratio, inverted when the arms change places", () => {
    const woolf = oddsRatioInterval(control, treatment);
    expect(woolf.lower).toBeCloseTo(0.99049028165399, 10);
    expect(woolf.upper).toBeCloseTo(73.9003019211528, 8);
    const [there, back] = [
      scoreOddsRatioInterval(control, treatment),
      scoreOddsRatioInterval(treatment, control),
    ];
    expect(there.lower * back.upper).toBeCloseTo(1, 9);
    expect(() => oddsRatioInterval({ successes: 0, n: 5 }, treatment)).toThrow(/empty count/);
    expect(
      oddsRatioInterval({ successes: 0, n: 5 }, treatment, { adjusted: true }).lower,
    ).toBeGreaterThan(0);
  });

  it("none against all still have an interval", () => {
    const none = scoreDifferenceInterval({ successes: 10, n: 10 }, { successes: 0, n: 10 });
    expect(none.lower).toBeCloseTo(-1, 9);
    expect(none.upper).toBeLessThan(-0.6);
  });
});

describe("strata, bounds and quantiles", () => {
  const arm = (values: number[]) => summarizeMoments(momentsOf(values));

  it("one stratum is the plain difference, and two are weighted by their users", () => {
    const [a, b] = [arm([1, 2, 3, 4]), arm([2, 4, 4, 6])];
    const one = postStratified([{ control: a, treatment: b }]);
    expect(one.estimate).toBe(1.5);
    expect(one.standardError).toBeCloseTo(differenceInMeans(a, b).standardError, 14);
    const shifted = { ...b, mean: b.mean + 2 };
    const two = postStratified([
      { control: a, treatment: b },
      { control: a, treatment: shifted },
    ]);
    expect(two.estimate).toBe(2.5);
    expect(() => postStratified([])).toThrow(/one stratum/);
  });

  it("numbers beyond declared bounds are set to them, and told", () => {
    const found = winsorize([1, 2, 900, -3], { lower: 0, upper: 100 });
    expect([...found.values]).toEqual([1, 2, 100, 0]);
    expect(found).toMatchObject({ raised: 1, lowered: 1, removed: 797 });
    expect(() => winsorize([Number.NaN], { lower: 0, upper: 1 })).toThrow(/index 0/);
  });

  it("a quantile's interval shrinks with the root of its values", () => {
    const values = (n: number) => Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n);
    const [few, many] = [quantileOf(values(1000), 0.9), quantileOf(values(100_000), 0.9)];
    expect((few.upper - few.lower) / (many.upper - many.lower)).toBeCloseTo(10, 0);
    expect(many.quantile).toBeCloseTo(0.9, 3);
    expect(() => quantileOf([1, 2, 3], 0.99)).toThrow(/more values/);
    expect(differenceInQuantiles(few, { ...few, quantile: few.upper }).estimate).toBeGreaterThan(0);
  });

  it("of users with one value each are not widened, of twins by two", () => {
    const base = quantileOf(
      Array.from({ length: 2000 }, (_, i) => i),
      0.5,
    );
    const users = (each: number) =>
      pairMomentsOf(
        Array.from({ length: 2000 / each }, (_, i) => [i < 1000 / each ? each : 0, each] as const),
      );
    const plain = summarizeQuantile(base).variance;
    const one = { ...base, clusters: { share: 0.5, moments: users(1) } };
    const twins = { ...base, clusters: { share: 0.5, moments: users(2) } };
    expect(summarizeQuantile(one).variance / plain).toBeCloseTo(1, 2);
    expect(summarizeQuantile(twins).variance / plain).toBeCloseTo(2, 2);
  });

  it("Student's and Welch's t agree on arms of one size in all but the degrees of freedom", () => {
    const [a, b] = [arm([1, 2, 3, 9]), arm([2, 4, 4, 6])];
    const [student, welch] = [pooledDifferenceInMeans(a, b), differenceInMeans(a, b)];
    expect(student.standardError).toBeCloseTo(welch.standardError, 14);
    expect(student.degreesOfFreedom).toBe(6);
  });
});

function closedSimes(p: readonly number[], at: number): number {
  let largest = 0;
  for (let set = 1; set < 2 ** p.length; set++) {
    const members = p.filter((_, i) => (set >> i) & 1).sort((a, b) => a - b);
    if (((set >> at) & 1) === 0) continue;
    const simes = Math.min(...members.map((each, rank) => (members.length * each) / (rank + 1)));
    largest = Math.max(largest, simes);
  }
  return Math.min(1, largest);
}

/** scipy.stats.beta.ppf */
function betaTable(): [number, number, number, number][] {
  return [
    [0.025, 500.5, 509.5, 0.4647398681344726],
    [0.975, 0.5, 20.5, 0.11663898290487539],
    [0.5, 3, 7, 0.2862366680227827],
    [0.01, 1000000.5, 49000000.5, 0.019953978490679362],
  ];
}

/** Integrals of mpmath at thirty digits. */
function comparisonTable(): [number, number, number, number, number, number, number][] {
  return [
    [11, 91, 21, 81, 0.975173033152875, 0.0985185749902723, 0.000479359303997755],
    [49.5, 51.5, 51.5, 49.5, 0.611308060092907, 0.0389739908695452, 0.0191720106715254],
    [2, 3, 40, 60, 0.523109284086604, 0.0849816294725286, 0.0849816294725286],
  ];
}
