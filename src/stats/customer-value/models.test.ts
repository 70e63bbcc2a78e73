import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import {
  bdwResidual,
  bdwRetention,
  bdwSurvival,
  bgBbChanceOf,
  bgBbDiscounted,
  bgBbExpected,
  bgBbExpectedPurchases,
  bgNbd,
  bootstrap,
  type Fit,
  fitBdw,
  fitBgBb,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  fitSbg,
  gammaGammaExpected,
  gammaGammaMean,
  historyTable,
  mbgNbd,
  type PurchaseHistory,
  type PurchaseModel,
  paretoNbd,
  profileIntervals,
  sbgChurn,
  sbgLifetime,
  sbgLikelihood,
  sbgResidual,
  sbgRetention,
  sbgSurvival,
  spendCorrelation,
  survivalTable,
} from "./index.ts";

const ONE = { repeats: 2, recency: 30.43, age: 38.86, customers: 1 };

type AnyModel = PurchaseModel<string>;
const MODELS: [string, AnyModel, Record<string, number>][] = [
  ["BG/NBD", bgNbd as AnyModel, { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }],
  ["BG/NBD at a = 1", bgNbd as AnyModel, { r: 0.243, alpha: 4.414, a: 1, b: 2.426 }],
  ["MBG/NBD", mbgNbd as AnyModel, { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }],
  ["Pareto/NBD", paretoNbd as AnyModel, { r: 0.5534, alpha: 10.58, s: 0.6061, beta: 11.656 }],
  ["Pareto/NBD at s = 1", paretoNbd as AnyModel, { r: 2, alpha: 9, s: 1, beta: 300 }],
];

describe.each(MODELS)("%s", (_, model, parameters) => {
  it("spreads a chance of 1 over all numbers of repeats, with the expected mean", () => {
    let [total, mean] = [0, 0];
    for (let x = 0; x < 1000; x++) {
      const chance = model.chanceOfRepeats(parameters, 39, x);
      total += chance;
      mean += x * chance;
    }
    expect(total).toBeCloseTo(1, 10);
    expect(mean).toBeCloseTo(model.expectedRepeats(parameters, 39), 9);
  });

  it("discounts at a rate of 0 to the expectation, and more to less", () => {
    const expected = model.expectedPurchases(parameters, ONE, 39);
    const sum = (rate: number, horizon: number): number =>
      model.discountedPurchases(parameters, ONE, { rate, horizon });
    expect(sum(0, 39)).toBeCloseTo(expected, 9);
    expect(sum(0.01, 39)).toBeLessThan(expected);
    expect(sum(0.01, 39)).toBeLessThan(sum(0.01, Number.POSITIVE_INFINITY));
    expect(() => sum(0, Number.POSITIVE_INFINITY)).toThrow(/a rate above 0/);
  });

  it("gives finite numbers far outside", () => {
    for (const history of [
      { repeats: 0, recency: 0, age: 1e6, customers: 1 },
      { repeats: 5000, recency: 1e-3, age: 1e5, customers: 1 },
      { repeats: 5000, recency: 99, age: 100, customers: 1 },
    ]) {
      const alive = model.chanceAlive(parameters, history);
      expect(alive >= 0 && alive <= 1).toBe(true);
      const purchases = model.expectedPurchases(parameters, history, 1e4);
      expect(purchases >= 0 && Number.isFinite(purchases)).toBe(true);
      const table = historyTable([history]);
      expect(Number.isFinite(model.likelihood(table).logLikelihood(parameters))).toBe(true);
    }
  });

  it("refuses what is no history", () => {
    for (const wrong of [{ repeats: -1 }, { recency: 40 }, { age: Number.NaN }, { repeats: 0.5 }]) {
      const history = { ...ONE, ...wrong };
      expect(() => model.chanceAlive(parameters, history)).toThrow(/purchase history: expected/);
    }
  });
});

/** Customers with a gamma rate and a beta chance to leave after each repeat. */
function simulated(customers: number, seed: number): PurchaseHistory[] {
  const stream = randomStream(seed, "customers");
  const wait = (rate: number): number => -Math.log(1 - stream.nextFloat()) / rate;
  return Array.from({ length: customers }, (_, i) => {
    const rate = wait(5); // shape 1: exponential with mean .2
    const leaves = stream.nextFloat(); // beta(1, 1)
    const age = 20 + (i % 20);
    let [at, repeats, recency] = [wait(rate), 0, 0];
    while (at < age) {
      [repeats, recency] = [repeats + 1, at];
      at = stream.nextFloat() < leaves ? age : at + wait(rate);
    }
    return { repeats, recency, age, customers: 1 };
  });
}

describe("fits", () => {
  it("find the parameters that customers were drawn with, whatever the unit of time", () => {
    const drawn = simulated(4000, 7);
    const inDays = drawn.map((h) => ({ ...h, recency: h.recency * 7, age: h.age * 7 }));
    const [weeks, days] = [fitBgNbd(historyTable(drawn)), fitBgNbd(historyTable(inDays))];
    if (weeks.kind !== "fitted" || days.kind !== "fitted") throw new Error("expected fits");
    const { r, alpha, a, b } = weeks.parameters;
    for (const [found, truth] of [
      [r, 1],
      [alpha, 5],
      [a, 1],
      [b, 1],
    ] as const) {
      expect(Math.abs(Math.log(found / truth))).toBeLessThan(0.25);
    }
    expect(days.parameters.alpha / 7).toBeCloseTo(alpha, 3);
    expect(days.parameters.a).toBeCloseTo(a, 4);
  });

  const nobody = historyTable(
    Array.from({ length: 50 }, (_, i) => ({ repeats: 0, recency: 0, age: 10 + i, customers: 1 })),
  );
  const alike = historyTable([{ repeats: 2, recency: 5, age: 10, customers: 100 }]);
  const decay = survivalTable(
    [0, 1, 2, 3, 4].map((period) => ({ period, survivors: 1000 * 0.8 ** period })),
  );
  const equal = [{ purchases: 2, meanValue: 10, customers: 100 }];
  const NOT: [string, Fit<string>, string][] = [
    ["nobody came back", fitBgNbd(nobody), "too_few_data"],
    ["nobody came back (Pareto)", fitParetoNbd(nobody), "too_few_data"],
    ["all customers are alike", fitBgNbd(alike), "at_bound"],
    ["all are alike (MBG)", fitMbgNbd(alike), "at_bound"],
    ["all are alike (Pareto)", fitParetoNbd(alike), "at_bound"],
    ["all are alike (BG/BB)", fitBgBb(alike), "at_bound"],
    ["the same share leaves each time", fitSbg(decay), "flat"],
    ["the same share leaves (BdW)", fitBdw(decay), "flat"],
    ["all spend the same", fitGammaGamma(equal), "at_bound"],
  ];
  it.each(NOT)("say that nothing is pinned down when %s", (_, fit, reason) => {
    expect(fit.kind).toBe("unidentified");
    if (fit.kind === "unidentified") expect(fit.reason).toBe(reason);
    expect(Object.keys(fit)).not.toContain("parameters");
  });
});

describe("BG/BB", () => {
  const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
  const donor = { repeats: 2, recency: 4, age: 6, customers: 1 };
  it("spreads a chance of 1, and sums to its expectation", () => {
    const counts = [0, 1, 2, 3, 4, 5, 6];
    const chances = counts.map((x) => bgBbChanceOf(donors, 6, x));
    expect(chances.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const mean = chances.reduce((sum, chance, x) => sum + x * chance, 0);
    expect(mean).toBeCloseTo(bgBbExpected(donors, 6), 12);
  });

  it("discounts over a horizon and for ever alike", () => {
    const sum = (rate: number, horizon: number) => bgBbDiscounted(donors, donor, { rate, horizon });
    expect(sum(0, 5)).toBeCloseTo(bgBbExpectedPurchases(donors, donor, 5), 12);
    expect(sum(0.1, Number.POSITIVE_INFINITY)).toBeCloseTo(sum(0.1, 500), 10);
  });

  it("refuses what cannot be counted in periods", () => {
    const half = historyTable([{ ...donor, recency: 3.5 }]);
    expect(() => fitBgBb(half)).toThrow(/a whole number of recency/);
    const often = historyTable([{ ...donor, repeats: 5 }]);
    expect(() => fitBgBb(often)).toThrow(/at most one purchase a period/);
  });
});

describe("contracts", () => {
  const regular = { alpha: 0.704, beta: 1.182 };
  it("sBG: retention, churn and survival agree", () => {
    for (const t of [1, 2, 7]) {
      const [before, after] = [sbgSurvival(regular, t - 1), sbgSurvival(regular, t)];
      expect(after / before).toBeCloseTo(sbgRetention(regular, t), 12);
      expect(before - after).toBeCloseTo(sbgChurn(regular, t), 12);
    }
  });

  it("sBG: payments for ever are the sum of many, and beta-discrete-Weibull's with shape 1", () => {
    const forever = { rate: 0.1, horizon: Number.POSITIVE_INFINITY };
    const residual = sbgResidual(regular, 3, forever);
    expect(residual).toBeCloseTo(sbgResidual(regular, 3, { rate: 0.1, horizon: 400 }), 9);
    expect(residual).toBeCloseTo(bdwResidual({ ...regular, shape: 1 }, 3, forever), 9);
    expect(sbgLifetime(regular, forever)).toBeCloseTo(
      1 + sbgResidual(regular, 0, forever) / 1.1,
      9,
    );
  });

  it("beta-discrete-Weibull: shape 1 is sBG, more falls faster", () => {
    const same = { ...regular, shape: 1 };
    expect(bdwSurvival(same, 5)).toBeCloseTo(sbgSurvival(regular, 5), 12);
    expect(bdwRetention(same, 5)).toBeCloseTo(sbgRetention(regular, 5), 12);
    expect(bdwSurvival({ ...regular, shape: 1.5 }, 5)).toBeLessThan(bdwSurvival(same, 5));
  });

  it("refuses tables that cannot be of a cohort", () => {
    const table = (...survivors: number[]) =>
      survivalTable(survivors.map((count, period) => ({ period, survivors: count })));
    expect(() => table(100)).toThrow(/at least two counts/);
    expect(() => table(100, 110)).toThrow(/from 0 to 100 survivors in period 1, got 110/);
    expect(() => table(100, Number.NaN)).toThrow(/got NaN/);
    expect(() => survivalTable([{ period: 1, survivors: 5 }])).toThrow(/period 0 first/);
  });

  it("intervals hold the estimate, and cover the truth about as often as they say", () => {
    const stream = randomStream(3, "cohorts");
    let covered = 0;
    for (let run = 0; run < 60; run++) {
      let left = 1000;
      const counts = [{ period: 0, survivors: left }];
      for (let period = 1; period <= 8; period++) {
        const stay = sbgRetention(regular, period);
        left = Array.from({ length: left }).filter(() => stream.nextFloat() < stay).length;
        counts.push({ period, survivors: left });
      }
      const table = survivalTable(counts);
      const fit = fitSbg(table);
      if (fit.kind !== "fitted") throw new Error(fit.message);
      const { alpha } = profileIntervals(sbgLikelihood(table), fit);
      expect(alpha.lower! < fit.parameters.alpha && fit.parameters.alpha < alpha.upper!).toBe(true);
      if (alpha.lower! <= regular.alpha && regular.alpha <= alpha.upper!) covered += 1;
    }
    // 60 runs at 95 %: fewer than 51 in one of a thousand times.
    expect(covered).toBeGreaterThanOrEqual(51);
  });
});

describe("spend", () => {
  const spend = { p: 6.25, q: 3.74, v: 15.44 };
  it("is drawn from a customer's own mean towards everybody's", () => {
    const everybody = gammaGammaMean(spend)!;
    const few = gammaGammaExpected(spend, 1, 100)!;
    const many = gammaGammaExpected(spend, 50, 100)!;
    expect(everybody < few && few < many && many < 100).toBe(true);
    expect(gammaGammaExpected(spend, 0, 0)).toBe(everybody);
    expect(gammaGammaMean({ ...spend, q: 0.9 })).toBeNull();
  });

  it("has no correlation where all is equal", () => {
    expect(spendCorrelation([{ purchases: 2, meanValue: 5, customers: 9 }])).toBeNull();
  });
});

describe("the bootstrap", () => {
  const rows = [1, 2, 3, 4, 5].map((value) => ({ value, customers: 40 }));
  const mean = (drawn: readonly { value: number; customers: number }[]) => [
    drawn.reduce((sum, row) => sum + row.value * row.customers, 0) / 200,
  ];
  it("gives the interval of a mean, the same for the same seed", () => {
    const run = () => bootstrap(rows, mean, { replicates: 400, stream: randomStream(1, "b") });
    const { lower, upper } = run()!.intervals[0]!;
    const half = (1.96 * Math.SQRT2) / Math.sqrt(200);
    expect(lower).toBeCloseTo(3 - half, 1);
    expect(upper).toBeCloseTo(3 + half, 1);
    expect(run()).toEqual(run());
  });

  it("gives none where most replicates cannot be fitted", () => {
    const options = { replicates: 20, stream: randomStream(1, "b") };
    expect(bootstrap(rows, () => null, options)).toBeNull();
  });
});
