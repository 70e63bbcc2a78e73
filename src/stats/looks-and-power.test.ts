// Always-valid and group-sequential bounds, and power: published numbers, tables computed with
// mpmath and SciPy, and what must hold for any design.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confidenceSequence,
  effectOf,
  liftPower,
  minimumDetectableDifference,
  minimumDetectableLift,
  noncentralTUpperTail,
  normalPower,
  normalQuantile,
  oneSidedSequence,
  oneSidedSequenceWidth,
  powerOfZ,
  sampleSize,
  sequenceWidth,
  sequentialSampleRatio,
  spendingBounds,
  studentCdf,
  tTestPower,
  tTestUsers,
} from "./index.ts";

const NORMAL = Number.POSITIVE_INFINITY;

describe("confidence sequences", () => {
  it("are wider than the fixed interval, and narrowest in deviations at their tuning", () => {
    const widths = [500, 2000, 5000, 20_000, 500_000].map((n) => sequenceWidth(n, 0.05, 5000));
    expect(Math.min(...widths)).toBe(widths[2]);
    expect(widths[2]).toBeGreaterThan(1.96);
  });

  it("exclude zero exactly when p falls below alpha", () => {
    const z = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(z, fc.integer({ min: 10, max: 1e7 }), (estimate, users) => {
        const effect = { estimate, standardError: 1 };
        const both = confidenceSequence(effect, users, { level: 0.9 });
        if (Math.abs(both.p - 0.1) > 1e-9) {
          expect(both.lower > 0 || both.upper < 0).toBe(both.p < 0.1);
        }
        const above = oneSidedSequence(effect, users, "greater", { level: 0.9 });
        if (Math.abs(above.p - 0.1) > 1e-9) expect(above.lower > 0).toBe(above.p < 0.1);
        const below = oneSidedSequence({ ...effect, estimate: -estimate }, users, "less", {
          level: 0.9,
        });
        expect(below.upper).toBe(-above.lower);
        expect(below.p).toBe(above.p);
      }),
    );
  });

  it("one-sided are narrower than two-sided at the same alpha", () => {
    expect(oneSidedSequenceWidth(4000, 0.05, 5000)).toBeLessThan(sequenceWidth(4000, 0.05, 5000));
    expect(() =>
      oneSidedSequence({ estimate: 1, standardError: 1 }, 10, "less", { level: 0.4 }),
    ).toThrow(/a level above/);
  });

  it("have a one-sided p that is small where the effect is clear", () => {
    const clear = { estimate: 4.637, standardError: 1 };
    const { p } = oneSidedSequence(clear, 6868, "greater");
    expect(p).toBeLessThan(0.001);
    expect(oneSidedSequence(clear, 6868, "greater", { level: 1 - p * 1.01 }).lower).toBeGreaterThan(
      0,
    );
    expect(oneSidedSequence(clear, 6868, "greater", { level: 1 - p * 0.99 }).lower).toBeLessThan(0);
    expect(oneSidedSequence(clear, 6868, "less").p).toBe(0.4999);
  });

  it("refuse what is no tuning and no users", () => {
    const effect = effectOf(1, 1, NORMAL);
    expect(() => confidenceSequence(effect, 100, { tuning: 0 })).toThrow(/positive tuning/);
    expect(() => confidenceSequence(effect, 0)).toThrow(/users/);
  });
});

describe("spending bounds", () => {
  it("of one look are the fixed test", () => {
    expect(spendingBounds([1])[0]).toBeCloseTo(normalQuantile(0.975), 9);
    expect(spendingBounds([1], { sides: 1 })[0]).toBeCloseTo(normalQuantile(0.95), 9);
  });

  it("keep the false alarms, simulated on the lattice of a fair coin's walk", () => {
    // A walk of 1200 steps, looked at four times; exact by carrying the probability of each place.
    const looks = [0.25, 0.5, 0.75, 1];
    const bounds = spendingBounds(looks, { alpha: 0.05, sides: 1 });
    expect(walkAlarms(1200, looks, bounds)).toBeGreaterThan(0.045);
    expect(walkAlarms(1200, looks, bounds)).toBeLessThan(0.0545);
  });

  it("fall from look to look, and looks without new information share the bound", () => {
    const bounds = spendingBounds([0.2, 0.4, 0.400001, 0.8, 1]);
    expect(bounds[2]).toBe(bounds[1]);
    expect(bounds.every((bound, i) => i === 0 || bound <= bounds[i - 1]!)).toBe(true);
    expect(bounds.at(-1)).toBeGreaterThan(normalQuantile(0.975));
    expect(() => spendingBounds([0.5, 0.4])).toThrow(/rising/);
  });

  it("stop as published programs do on request, which differs by their tolerance only", () => {
    const looks = [0.25, 0.5, 0.75, 1];
    const exact = spendingBounds(looks);
    spendingBounds(looks, { search: "decimal" }).forEach((bound, i) => {
      expect(bound).toBeCloseTo(exact[i]!, 3);
    });
  });
});

describe("the daily sample-ratio check", () => {
  it("does not depend on how users are parcelled into days, and never rises", () => {
    const whole = sequentialSampleRatio([[520, 480]], [1, 1]).at(-1)!;
    const days = sequentialSampleRatio(
      [
        [300, 250],
        [220, 230],
      ],
      [1, 1],
    );
    expect(Math.min(whole, days[0]!)).toBeCloseTo(days[1]!, 12);
    expect(sequentialSampleRatio([[0, 0]], [1, 1])).toEqual([1]);
    expect(sequentialSampleRatio([[500, 500]], [1, 1])[0]).toBeGreaterThan(0.05);
    expect(sequentialSampleRatio([[100, 900]], [1, 1])[0]).toBeLessThan(1e-9);
    expect(() => sequentialSampleRatio([[1, 2, 3]], [1, 1])).toThrow(/2 whole counts/);
  });
});

describe("power", () => {
  it.each(noncentralTable())("noncentral t above %d with %d and shift %d", (t, df, shift, p) => {
    expect(Math.abs(noncentralTUpperTail(t, df, shift) / p - 1)).toBeLessThan(1e-11);
  });

  it("of no effect is alpha, on each side and on both", () => {
    for (const alternative of ["two-sided", "greater", "less"] as const) {
      expect(tTestPower(0, 20, 30, { alternative })).toBeCloseTo(0.05, 12);
      expect(normalPower(0, 20, 30, { alternative })).toBeCloseTo(0.05, 12);
    }
    expect(noncentralTUpperTail(1.3, 9, 0)).toBeCloseTo(1 - studentCdf(1.3, 9), 12);
  });

  it("rises with the effect and the users", () => {
    const effect = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(effect, fc.integer({ min: 3, max: 400 }), (d, n) => {
        expect(tTestPower(d * 1.1, n, n)).toBeGreaterThanOrEqual(tTestPower(d, n, n) - 1e-12);
        expect(tTestPower(d, n + 1, n)).toBeGreaterThanOrEqual(tTestPower(d, n, n) - 1e-12);
        expect(tTestPower(-d, n, n)).toBeCloseTo(tTestPower(d, n, n), 10);
        expect(tTestPower(d, n, n)).toBeLessThanOrEqual(normalPower(d, n, n) + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it("is what the users that were asked for give", () => {
    expect(tTestUsers(0.5)).toBeCloseTo(63.76561, 4);
    const users = tTestUsers(-0.2, { power: 0.9, alternative: "less", ratio: 2 });
    expect(tTestPower(-0.2, users, 2 * users, { alternative: "less" })).toBeCloseTo(0.9, 9);
    const { control, treatment } = sampleSize(0.3, 100, 144, { ratio: 3, power: 0.9 });
    const least = minimumDetectableDifference(100, control, 144, treatment, { power: 0.9 });
    expect(least).toBeLessThanOrEqual(0.3);
    expect(least).toBeGreaterThan(0.2999);
    expect(() => tTestUsers(0.5, { alternative: "less" })).toThrow(/tested sign/);
  });

  it("at the smallest detectable lift is what was asked for", () => {
    const design = { mean: 10, variance: 3909.99, controlUsers: 1e5, treatmentUsers: 2e5 };
    for (const more of [
      {},
      { tuning: 5000 },
      { tuning: 5000, sequencePower: "inflated" },
    ] as const) {
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        const full = { ...design, ...more, alternative, power: 0.8 };
        const lift = minimumDetectableLift(full)!;
        expect(Math.sign(lift)).toBe(alternative === "less" ? -1 : 1);
        expect(liftPower(lift, full)).toBeCloseTo(0.8, 5);
      }
    }
    expect(minimumDetectableLift({ ...design, controlUsers: 50 })).toBeNull();
    expect(powerOfZ(2.801585)).toBeCloseTo(0.8, 5);
  });
});

/** Chance that a fair walk crosses a bound at one of its looks. */
function walkAlarms(steps: number, looks: readonly number[], bounds: readonly number[]): number {
  let places = new Float64Array(2 * steps + 1);
  places[steps] = 1;
  let alarms = 0;
  for (let step = 1; step <= steps; step++) {
    const next = new Float64Array(2 * steps + 1);
    for (let at = 1; at < 2 * steps; at++) {
      next[at] = (places[at - 1]! + places[at + 1]!) / 2;
    }
    const look = looks.findIndex((each) => Math.round(each * steps) === step);
    if (look >= 0) {
      const first = Math.floor(steps + bounds[look]! * Math.sqrt(step)) + 1;
      for (let at = first; at <= 2 * steps; at++) {
        alarms += next[at]!;
        next[at] = 0;
      }
    }
    places = next;
  }
  return alarms;
}

/** Integrals of mpmath at thirty digits; scipy.stats.nct agrees. */
function noncentralTable(): [number, number, number, number][] {
  return [
    [1, 1, 0, 0.25],
    [2, 1, 3, 0.8204375034477585],
    [1.5, 2.5, -1, 0.02069969720194275],
    [2.0106, 48, 0.3464, 0.05257348241466847],
    [1.96, 58, 2.8, 0.798086422759585],
    [-1, 10, 0.5, 0.9252245541174215],
    [6, 8, 2, 0.01214999200500351],
    [3, 500, 5, 0.9768443246274515],
    [30, 4, 12, 0.042696009976634],
    [1.96, 1e6, 2.8, 0.7995457179448205],
  ];
}
