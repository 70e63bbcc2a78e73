// Every reading of an effect against a formula written out independently, or numbers by hand.
import { describe, expect, it } from "vitest";
import { momentsOf, normalCdf, pairMomentsOf } from "../stats/index.ts";
import { decisiveRows, type EffectRow, type Population } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { effectsOf } from "./effects.ts";
import { guardrailsOf } from "./guardrails.ts";
import { withSegments } from "./segments.ts";
import { drawRows, fullStudy } from "./study.fixture.ts";
import type { Reading, Segment, Study, StudyArm } from "./study.ts";

const Z = 1.959963984540054;
const study = fullStudy();
const rows = drawRows(4000);
const effects = effectsOf(study);

function rowOf(
  metric: string,
  arm: string,
  population: Population,
  of: readonly EffectRow[] = effects,
): EffectRow {
  const found = of.find(
    (row) => row.metric.id === metric && row.arm === arm && row.population === population,
  );
  expect(found?.absolute, `${metric}, ${arm}, ${population}: ${found?.note}`).toBeTruthy();
  return found!;
}

const MEAN: Metric = { id: "y", title: "y", kind: "mean", unit: "", digits: 2 };

/** A study of one metric on given numbers, each arm a list by segment. */
function small(
  control: Record<string, number[]>,
  treated: Record<string, number[]>,
  reading: Reading = {},
  metric: Metric = MEAN,
): Study {
  const arm = (id: string, values: readonly number[]): StudyArm => {
    const outcomes = { y: momentsOf(values) };
    return { id, n: values.length, weight: 1, outcomes, claims: null };
  };
  const names = [...new Set([...Object.keys(control), ...Object.keys(treated)])];
  const segments = names.map((value): Segment => {
    const within = [arm("a", control[value] ?? []), arm("b", treated[value] ?? [])];
    return { by: "where", value, arms: within.filter(({ n }) => n > 0) };
  });
  return {
    ...{ title: "small", estimand: "reach", randomised: true, ownAllocator: false },
    metrics: [metric],
    control: arm("a", Object.values(control).flat()),
    treatments: [arm("b", Object.values(treated).flat())],
    source: "a test",
    segments,
    reading,
  };
}

describe("a treated arm in which everybody has zero", () => {
  const control = [...new Array<number>(60).fill(0), ...new Array<number>(20).fill(1)];
  const zeros = new Array<number>(20).fill(0);
  const nobody = small({ x: control, y: control }, { x: zeros, y: zeros });

  it("has an absolute effect, and no relative one rather than one without an error", () => {
    const guardrail = { metric: "y", worse: "lower", margin: 0.1, isRelative: true } as const;
    const reading: Reading = { stratifyBy: "where", guardrails: [guardrail] };
    const read = { ...nobody, reading };
    const found = effectsOf(read);
    expect(found.map(({ population }) => population)).toEqual(["assigned", "stratified"]);
    for (const row of found) {
      expect(row.absolute!.upper).toBeLessThan(0);
      expect(row.relative).toBeNull();
      expect(row.note).toContain("every treated user's number is zero");
    }
    const [broken] = guardrailsOf(read, found);
    expect(broken!.note).toContain("every treated user's number is zero");
  });
});

describe("ratios", () => {
  it("are the delta method's, here by each user's part of it", () => {
    const linear = (arm: string) => {
      const users = rows.get(arm)!;
      const n = users.length;
      const above = users.reduce((sum, { spend }) => sum + spend, 0) / n;
      const below = users.reduce((sum, { orders }) => sum + orders, 0) / n;
      const ratio = above / below;
      const parts = users.map(({ spend, orders }) => (spend - ratio * orders) / below);
      const variance = parts.reduce((sum, part) => sum + part ** 2, 0) / (n - 1);
      return { ratio, squaredError: variance / n };
    };
    const [a, b] = [linear("none"), linear("card")];
    const { absolute, relative, controlMean, treatmentMean } = rowOf("basket", "card", "assigned");
    expect([controlMean, treatmentMean]).toEqual([
      expect.closeTo(a.ratio, 9),
      expect.closeTo(b.ratio, 9),
    ]);
    expect(absolute!.estimate).toBeCloseTo(b.ratio - a.ratio, 9);
    expect(absolute!.standardError).toBeCloseTo(Math.sqrt(a.squaredError + b.squaredError), 9);
    const error = Math.sqrt(
      b.squaredError / a.ratio ** 2 + (a.squaredError * b.ratio ** 2) / a.ratio ** 4,
    );
    expect(relative!.standardError).toBeCloseTo(error, 9);
  });

  it("have no effect on those who claimed, and none where nothing is divided by", () => {
    expect(effects.some((row) => row.metric.id === "basket" && row.population === "claimed")).toBe(
      false,
    );
    const [none] = effectsOf({
      ...study,
      metrics: study.metrics.filter(({ id }) => id === "basket"),
      control: {
        ...study.control,
        ratios: {
          basket: pairMomentsOf([
            [0, 0],
            [0, 0],
          ]),
        },
      },
    });
    expect(none!.absolute).toBeNull();
    expect(none!.note).toBe("no interval: what it is divided by adds up to 0 in arm none");
  });
});

describe("quantiles", () => {
  it("reach as far as their order statistics on each side, normal reference", () => {
    const { absolute } = rowOf("wait", "card", "assigned");
    const part = (arm: StudyArm) => {
      const { quantile, lower, upper } = arm.quantiles!.wait!;
      return { below: quantile - lower, above: upper - quantile };
    };
    const [a, b] = [part(study.control), part(study.treatments[0]!)];
    const [down, up] = [Math.hypot(b.below, a.above), Math.hypot(b.above, a.below)];
    expect(absolute!.estimate - absolute!.lower).toBeCloseTo(down, 9);
    expect(absolute!.upper - absolute!.estimate).toBeCloseTo(up, 9);
    expect(absolute!.standardError).toBeCloseTo((down + up) / (2 * Z), 9);
    expect(absolute!.degreesOfFreedom).toBeNull();
  });
});

describe("quantiles whose bounds are one value", () => {
  it("have no interval, in words that can be read", () => {
    const same = (arm: StudyArm): StudyArm => ({
      ...arm,
      quantiles: { wait: { ...arm.quantiles!.wait!, quantile: 5, lower: 5, upper: 5 } },
    });
    const flat = { ...study, control: same(study.control), treatments: study.treatments.map(same) };
    const row = effectsOf(flat).find(({ metric }) => metric.id === "wait")!;
    expect(row.note).toBe("no interval: its bounds are one value within none and within card");
  });
});

/** Each number for 20 users: what a stratum needs of an arm. */
function often(values: readonly number[]): number[] {
  return values.flatMap((value) => new Array<number>(20).fill(value));
}

describe("strata", () => {
  it("weigh as much as their share of all users", () => {
    // A third of the users in x, where the effect is 1; the others in y, where it is 4: 1/3 + 8/3.
    const example = small(
      { x: often([1, 3]), y: often([2, 4, 6, 8]) },
      { x: often([2, 4]), y: often([6, 8, 10, 12]) },
      { stratifyBy: "where" },
    );
    const { absolute, relative, note } = rowOf("y", "b", "stratified", effectsOf(example));
    expect(absolute!.estimate).toBeCloseTo(3, 12);
    // Of each arm's mean: 1 a user of 40 in x, 5 of 80 in y, with n - 1.
    const [ofX, ofY] = [1 / 39, 5 / 79];
    expect(absolute!.standardError ** 2).toBeCloseTo((2 / 9) * ofX + (8 / 9) * ofY, 12);
    // Satterthwaite: four variances, those of x with 39 degrees of freedom, those of y with 79.
    const [x, y] = [ofX / 9, (4 / 9) * ofY];
    const df = (2 * x + 2 * y) ** 2 / ((2 * x ** 2) / 39 + (2 * y ** 2) / 79);
    expect(absolute!.degreesOfFreedom).toBeCloseTo(df, 9);
    // The control's level by strata: 2/3 + 2 (5)/3 = 4.
    expect(relative!.estimate).toBeCloseTo(3 / 4, 12);
    expect(note).toBe("by where, 2 values");
  });

  it("that are too small are joined, with the smallest of the others if they must", () => {
    const z = often([5]).slice(0, 19);
    const [x, y] = [often([1, 3, 2]), often([2, 4, 6, 8])];
    const [xCard, yCard] = [often([2, 4, 3]), often([6, 8, 10, 12])];
    const control = { x, y, z };
    const treated = { x: xCard, y: yCard, w: often([7]) };
    const joined = small(control, treated, { stratifyBy: "where" });
    const { absolute, note } = rowOf("y", "b", "stratified", effectsOf(joined));
    expect(note).toBe("by where, 4 values, 3 small ones joined"); // w and z, then x
    const by = { stratifyBy: "where" };
    const same = small({ x: [...x, ...z], y }, { x: [...xCard, ...often([7])], y: yCard }, by);
    const whole = rowOf("y", "b", "stratified", effectsOf(same)).absolute!;
    expect(absolute!.estimate).toBeCloseTo(whole.estimate, 12);
    expect(absolute!.standardError).toBeCloseTo(whole.standardError, 12);
  });

  it("must hold all users, or nothing is stratified and the plain effect decides", () => {
    const example = small({ x: [1, 3], y: [2, 4] }, { x: [2, 4], y: [6, 8] });
    const partial = {
      ...example,
      segments: example.segments!.slice(1),
      reading: { stratifyBy: "where" },
    };
    const found = effectsOf(partial);
    expect(found[1]!.note).toBe("not stratified by where: its values have 4 of the 8 users");
    expect(decisiveRows(found, "y").map(({ population }) => population)).toEqual(["assigned"]);
  });

  it("decide where nothing is adjusted, and only there", () => {
    const plain = effectsOf(
      small(
        { x: often([1, 3]), y: often([2, 4]) },
        { x: often([2, 4]), y: often([6, 9]) },
        { stratifyBy: "where" },
      ),
    );
    expect(decisiveRows(plain, "y").map(({ population }) => population)).toEqual(["stratified"]);
    expect(decisiveRows(effects, "kept").map(({ population }) => population)).toEqual([
      "adjusted",
      "adjusted",
    ]);
  });
});

describe("an interval for every look", () => {
  it("is that of the paper, tightest where it was planned", () => {
    const { absolute, alwaysValid } = rowOf("kept", "card", "assigned");
    const alpha = 0.05;
    const rho2 = (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / 8000;
    const t = 8000 * rho2;
    const width = Math.sqrt(((2 * (t + 1)) / t) * Math.log(Math.sqrt(t + 1) / alpha)) / Z;
    // As many times wider than the plan's on either side.
    const { estimate, lower, upper } = absolute!;
    expect(alwaysValid!.upper - estimate).toBeCloseTo(width * (upper - estimate), 12);
    expect(estimate - alwaysValid!.lower).toBeCloseTo(width * (estimate - lower), 12);
    expect(alwaysValid).toMatchObject({ tuning: 8000, isPlanned: true });
  });

  it("takes of all users planned those of its comparison, by planned weight", () => {
    const weights = [1, 2, 5];
    const arms = [study.control, ...study.treatments].map((arm, i) => ({
      ...{ ...arm, weight: weights[i]! },
    }));
    const planned: Study = {
      ...{ ...study, control: arms[0]!, treatments: arms.slice(1) },
      reading: { plannedUsers: 80_000 },
    };
    const tunings = effectsOf(planned)
      .filter((row) => row.metric.id === "kept" && row.population === "assigned")
      .map((row) => row.alwaysValid!.tuning);
    expect(tunings).toEqual([30_000, 60_000]);
  });

  it("says when nobody planned a number", () => {
    const [row] = effectsOf(small({ x: often([1, 3]) }, { x: often([2, 5, 6]) }));
    expect(row!.alwaysValid).toMatchObject({ tuning: 100, isPlanned: false });
    expect(row!.notYet).toBeNull();
  });

  it("waits for the smaller arm, and says for how many", () => {
    const [few] = effectsOf(small({ x: often([1, 3]).slice(11) }, { x: often([2, 5, 6]) }));
    expect(few!.absolute).not.toBeNull();
    expect([few!.alwaysValid, few!.notYet]).toEqual([
      null,
      "no always-valid interval yet: 29 users in arm a, and 30 are needed.",
    ]);
    // Nobody knows how skewed these are, and one arm is thirty times the other.
    const many = Array.from({ length: 30 }, () => often([2, 5, 6])).flat();
    const [lone] = effectsOf(small({ x: often([1, 3, 4]) }, { x: many }));
    expect(lone!.alwaysValid).toBeNull();
    expect(lone!.notYet).toMatch(/60 users in arm a, and 1\d\d are needed where nobody knows/);
  });
});

describe("a posterior", () => {
  it("takes one user an arm for its prior where nobody gave one", () => {
    // Equal arms of n: the prior weighs as 1 user beside n, so the mean is n / (n + 1) of it.
    const { absolute, posterior } = rowOf("kept", "card", "assigned");
    expect(posterior!.mean).toBeCloseTo((absolute!.estimate * 4000) / 4001, 12);
    const deviation = absolute!.standardError * Math.sqrt(4000 / 4001);
    expect(posterior!.upper - posterior!.mean).toBeCloseTo(Z * deviation, 12);
    expect(posterior!.chanceAboveZero).toBeCloseTo(normalCdf(posterior!.mean / deviation), 12);
    expect(posterior!.isPriorDefault).toBe(true);
  });

  it("takes the one that was given, and tells losses that add up", () => {
    const { absolute, posterior } = rowOf("spend", "luck", "assigned");
    const weight = 1 / (1 + absolute!.standardError ** 2); // the prior's variance is 1
    expect(posterior!.mean).toBeCloseTo(weight * absolute!.estimate, 12);
    // E[max(e, 0)] - E[max(-e, 0)] is the mean.
    expect(posterior!.lossIfNot - posterior!.lossIfShipped).toBeCloseTo(posterior!.mean, 12);
    expect(posterior!.isPriorDefault).toBe(false);
  });

  it("knows from a guardrail that higher is worse", () => {
    const { posterior } = rowOf("refund", "card", "assigned");
    expect(posterior!.lossIfShipped - posterior!.lossIfNot).toBeCloseTo(posterior!.mean, 12);
    expect(posterior!.lossIfShipped).toBeGreaterThan(0.03);
  });
});

describe("as good as none", () => {
  it("is shown only by an interval inside the margin", () => {
    const flat = Array.from({ length: 100 }, (_, i) => i % 2);
    const of = (margin: number) =>
      effectsOf(small({ x: flat }, { x: flat }, { negligible: { y: margin } }))[0]!.equivalence!;
    // Standard error sqrt(2 (.25 * 100 / 99) / 100) = .0711; 1.6526 of it (t on 198) is .1175.
    expect(of(0.12).finding).toBe("as good as none");
    expect(of(0.115).finding).toBe("not shown");
    expect(of(0.12).upper).toBeCloseTo(0.11744, 4);
    expect(rowOf("basket", "card", "assigned").equivalence).toBeNull();
  });
});

describe("several questions", () => {
  it("have p values by Holm over rows that decide, by Benjamini-Hochberg over all", () => {
    const read = withSegments(study, effects, undefined);
    const asked = read.effects.filter(({ holmP }) => holmP !== null);
    expect(asked).toHaveLength(10);
    const own = asked.map((row) => ({ p: row.absolute!.p, bhP: row.bhP! }));
    const others = read.segments
      .flatMap((segment) => segment.rows)
      .filter(({ absolute }) => absolute !== null)
      .map((row) => ({ p: row.absolute!.p, bhP: row.bhP! }));
    const all = [...own, ...others].sort((a, b) => b.p - a.p);
    // The kiosk has neither a quantile, nor refunds, nor enough baskets to compare.
    expect(all).toHaveLength(10 + 24);
    let smallest = 1;
    all.forEach(({ p, bhP }, i) => {
      smallest = Math.min(smallest, (p * all.length) / (all.length - i));
      expect(bhP).toBeCloseTo(smallest, 12);
    });
    expect(
      read.effects
        .filter(({ population }) => population === "claimed")
        .every(({ bhP }) => bhP === null),
    ).toBe(true);
  });
});
