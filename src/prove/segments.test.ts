// Segments find where an effect is, guardrails what it cost; neither finds what is not there.
import { describe, expect, it } from "vitest";
import { momentsOf } from "../stats/index.ts";
import type { Guardrail, Metric } from "../verdict/metric.ts";
import { effectsOf } from "./effects.ts";
import { guardrailsOf } from "./guardrails.ts";
import { withSegments } from "./segments.ts";
import { fullStudy } from "./study.fixture.ts";
import type { Study, StudyArm } from "./study.ts";

const study = fullStudy();
const { segments, effects } = withSegments(study, effectsOf(study), undefined);
const [platform] = segments;

function differenceOf(metric: string, arm: string) {
  return platform!.differences.find((each) => each.metric === metric && each.arm === arm)!;
}

describe("segments", () => {
  it("show that the card works on Android and not on iOS, and that luck does nothing apart", () => {
    expect(differenceOf("kept", "card").finding).toBe("differs");
    expect(differenceOf("kept", "luck").finding).toBe("not shown");
    expect(differenceOf("refund", "card").finding).toBe("not shown");
  });

  it("compare by Cochran's Q of the effects that they show", () => {
    const { q, degreesOfFreedom, pooled } = differenceOf("kept", "card");
    const own = platform!.rows.filter(({ metric, arm }) => metric === "kept" && arm === "card");
    const weights = own.map(({ absolute }) => absolute!.standardError ** -2);
    const total = weights.reduce((a, b) => a + b, 0);
    const mean = own.reduce((sum, row, i) => sum + weights[i]! * row.absolute!.estimate, 0) / total;
    const byHand = own.reduce(
      (sum, row, i) => sum + weights[i]! * (row.absolute!.estimate - mean) ** 2,
      0,
    );
    expect([pooled, q, degreesOfFreedom]).toEqual([
      expect.closeTo(mean, 12),
      expect.closeTo(byHand, 9),
      2,
    ]);
  });

  it("that are too small are not measured, with the reason", () => {
    const row = platform!.rows.find(
      ({ value, metric }) => value === "kiosk" && metric === "refund",
    );
    expect(row!.absolute).toBeNull();
    expect(row!.note).toMatch(
      /^\d+ users in arm \w+ are too few to tell: if nothing differed [\d.]+ of them would be with/,
    );
    const few = platform!.rows.find(({ value, metric }) => value === "kiosk" && metric === "wait");
    expect(few!.note).toMatch(/^no figures of 35 users in arm none$/);
    expect(platform!.differences.find(({ metric }) => metric === "refund")!.degreesOfFreedom).toBe(
      1,
    );
  });

  it("without anybody in an arm are said to be so", () => {
    const [android, ios, kiosk] = study.segments!;
    const lone = { ...kiosk!, arms: kiosk!.arms.slice(0, 1) };
    const { segments: found } = withSegments(
      { ...study, segments: [android!, ios!, lone] },
      effects,
      undefined,
    );
    const notes = found[0]!.rows.filter(({ value }) => value === "kiosk").map(({ note }) => note);
    expect(new Set(notes)).toEqual(new Set(["nobody in arm card", "nobody in arm luck"]));
  });
});

const Y: Metric = { id: "y", title: "refunds", kind: "mean", unit: "", digits: 2 };

/** 50 users an arm at 10 + the effect, half of them 1 more and half 1 less: standard error .202. */
function withEffect(effect: number, guardrail: Partial<Guardrail>): Study {
  const arm = (id: string, mean: number): StudyArm => {
    const values = Array.from({ length: 50 }, (_, i) => mean + (i % 2 === 0 ? 1 : -1));
    return { id, n: 50, weight: 1, outcomes: { y: momentsOf(values) }, claims: null };
  };
  const declared = { metric: "y", worse: "higher", margin: 1, isRelative: false, ...guardrail };
  return {
    ...{ title: "", estimand: "reach", randomised: true, ownAllocator: false, source: "" },
    ...{ metrics: [Y], control: arm("a", 10), treatments: [arm("b", 10 + effect)] },
    reading: { guardrails: [declared as Guardrail] },
  };
}

function findingOf(effect: number, guardrail: Partial<Guardrail> = {}) {
  const example = withEffect(effect, guardrail);
  const [reading] = guardrailsOf(example, effectsOf(example));
  return reading!;
}

describe("guardrails", () => {
  it("are held, broken or open, by the interval and the margin", () => {
    // One-sided 95 %: 1.6606 (t on 98) of .20203 is .3355; two-sided 1.9845 of it is .4009.
    expect(findingOf(0).finding).toBe("held");
    expect(findingOf(0.66).finding).toBe("held"); // bound .9955: worse, but by less than 1
    expect(findingOf(0.67).finding).toBe("broken"); // bound 1.0055, and clearly above zero
    expect(findingOf(0.67).isBeyondMargin).toBe(false);
    expect(findingOf(1.41).isBeyondMargin).toBe(true);
    expect(findingOf(0.3, { margin: 0.5 }).finding).toBe("open");
    expect(findingOf(0).bound).toBeCloseTo(0.33549, 4);
  });

  it("look the other way where lower is worse", () => {
    for (const effect of [0, 0.66, 0.67, 1.41, 0.3]) {
      const [up, down] = [findingOf(effect), findingOf(-effect, { worse: "lower" })];
      expect([down.finding, down.isBeyondMargin]).toEqual([up.finding, up.isBeyondMargin]);
      expect(down.p).toBeCloseTo(up.p!, 12);
    }
  });

  it("take a relative margin of the held-out users' level", () => {
    // 10 % of 10 is 1; the held-out users' own level is uncertain too, so the bound lies higher.
    const relative = { margin: 0.1, isRelative: true };
    expect(findingOf(0, relative).finding).toBe("held");
    expect(findingOf(0, relative).bound).toBeCloseTo(0.033549, 5);
    expect(findingOf(0.66, relative).finding).toBe("broken");
    expect(findingOf(0.6, relative).finding).toBe("held");
  });
});
