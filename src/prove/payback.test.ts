// Payback by hand where nothing varies, honest answers where there is none, and intervals that hold
// the truth as often as they say.
import { describe, expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { renderHtmlSection } from "../report/html-page.ts";
import { renderTextReport } from "../report/text-report.ts";
import { type CrowdArm, crowdArm, trueNet } from "./activity.fixture.ts";
import type { ArmActivity } from "./activity.ts";
import { discountAt, type PaybackReading, paybackOf } from "./payback.ts";
import { paybackSection } from "./payback-report.ts";
import { paybackHeadline, paybackSentence } from "./payback-words.ts";

const question = {
  marginPerActivePeriod: 6,
  discountPerYear: 0,
  horizonPeriods: 3,
  draws: 100,
  seed: 1,
  currency: "CNY",
};

/** Users who are all alike: nothing varies. */
function alike(id: string, mask: number, cost: number, users = 100): ArmActivity {
  const [outlay, outlaySquares] = [cost * users, cost * cost * users];
  return { id, users, rows: [{ mask, users, outlay, outlaySquares }] };
}

function study(control: ArmActivity, treated: ArmActivity, periodDays = 30) {
  return { periodDays, periods: 3, control, treatments: [treated] };
}

function text(reading: PaybackReading): string {
  const sections = [paybackSection(reading)];
  return renderTextReport({ title: "t", sections }) + renderHtmlSection(sections[0]!);
}

describe("payback by hand", () => {
  test("is the first period that covers the cost", async () => {
    // Two active periods more, 6 each, for 10: 0, 6, 12.
    const reading = await paybackOf(
      study(alike("h", 0b001, 0), alike("card", 0b111, 10)),
      question,
    );
    const { watched, extrapolated, cost, reason } = reading.arms[0]!;
    expect(cost).toEqual({ estimate: 10, lower: 10, upper: 10 });
    expect(watched.cumulated.map(({ estimate }) => estimate)).toEqual([-10, -4, 2]);
    expect(watched.activePeriods.estimate).toBe(2);
    expect(watched.value).toEqual({ estimate: 12, lower: 12, upper: 12 });
    expect(watched.net).toEqual({ estimate: 2, lower: 2, upper: 2 });
    expect(watched.finding).toBe("pays");
    expect(watched.roi!.estimate).toBeCloseTo(0.2, 12);
    expect(watched.payback).toMatchObject({ estimate: 3, lower: 3, upper: 3, median: 3 });
    expect(watched.payback.chances).toEqual([0, 0, 1]);
    expect(watched.payback.neverShare).toBe(0);
    expect(watched.breakEven.margin.estimate).toBeCloseTo(5, 12);
    expect(watched.breakEven.multiple.estimate).toBeCloseTo(10 / 12, 12);
    expect(watched.breakEven.activePeriods).toBeCloseTo(10 / 6, 12);
    expect(watched.breakEven.cost.estimate).toBe(12);
    expect(extrapolated).toBeNull();
    expect(reason).toContain("were watched");
    expect(text(reading)).toContain("card: paid back by month 3 (95 %: month 3)");
  });

  test("counts later money for less, from the middle of its period", async () => {
    expect(discountAt(0, 365, 0.21)).toBeCloseTo(1 / 1.1, 12);
    const arms = study(alike("h", 0b001, 0), alike("card", 0b111, 10), 365);
    const reading = await paybackOf(arms, { ...question, discountPerYear: 0.21 });
    expect(reading.arms[0]!.watched.value.estimate).toBeCloseTo(6 / 1.1 ** 3 + 6 / 1.1 ** 5, 12);
  });

  test("is never, with nothing that would make it pay, where treated users come less", async () => {
    const reading = await paybackOf(
      study(alike("h", 0b111, 0), alike("card", 0b001, 10)),
      question,
    );
    const { watched } = reading.arms[0]!;
    expect(watched.payback).toMatchObject({ estimate: null, lower: null, upper: null });
    expect(watched.payback.neverShare).toBe(1);
    expect(watched.breakEven.margin).toEqual({ estimate: null, lower: null, upper: null });
    expect(watched.breakEven.activePeriods).toBeNull();
    expect(watched.breakEven.cost).toEqual({ estimate: 0, lower: 0, upper: 0 });
    expect(watched.finding).toBe("loses");
    expect(text(reading)).toContain("has not paid back");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined|∞/);
  });

  test.each([
    ["nothing was spent and nothing differs", 0, 0b001, "unclear"],
    ["less was spent on treated users", -5, 0b001, "pays"],
    ["less was spent and they come less", -1, 0b000, "loses"],
  ] as const)("is at once where %s", async (_name, cost, mask, finding) => {
    const reading = await paybackOf(study(alike("h", 0b001, 0), alike("c", mask, cost)), question);
    const { watched } = reading.arms[0]!;
    expect(watched.payback).toMatchObject({ estimate: 0, neverShare: 0, chances: [1, 1, 1] });
    expect(watched.finding).toBe(finding);
    expect(watched.roi).toBeNull();
    expect(watched.breakEven.margin.estimate).toBe(0);
    expect(JSON.stringify(reading)).not.toMatch(/NaN|Infinity/);
    expect(text(reading)).toContain("cost nothing more than h");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined|∞/);
  });

  test("has no return where the cost is not clear of zero", async () => {
    const mixed = (id: string): ArmActivity => ({
      id,
      users: 100,
      rows: [
        { mask: 0b011, users: 50, outlay: 500, outlaySquares: 10_000 },
        { mask: 0b001, users: 50, outlay: 0, outlaySquares: 0 },
      ],
    });
    const reading = await paybackOf(study(mixed("h"), mixed("card")), question);
    expect(reading.arms[0]!.watched.roi).toBeNull();
    expect(text(reading)).toContain("not clear of zero");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined|∞/);
  });

  test.each([
    [{ marginPerActivePeriod: -1 }, "a margin of 0 or more, got -1"],
    [{ discountPerYear: Number.NaN }, "a yearly discount of 0 or more"],
    [{ horizonPeriods: 0 }, "a horizon of 1 to 120"],
    [{ draws: 10 }, "100 to 100000 draws, got 10"],
    [{ currency: "yuan" }, "a currency of three capitals"],
  ])("refuses %j", async (part, why) => {
    const arms = study(alike("h", 1, 0), alike("card", 7, 10));
    await expect(paybackOf(arms, { ...question, ...part })).rejects.toThrow(why);
  });
});

describe("payback with draws", () => {
  const curve = { model: "sbg", scale: 0.7, leaving: 0.35, spread: 0.3, shape: 1 } as const;
  const held: CrowdArm = { id: "held out", users: 1500, curve, costs: [0, 0] };
  const stay = { ...curve, leaving: 0.28 };
  const card: CrowdArm = { id: "card", users: 1500, curve: stay, costs: [4, 8] };
  const carried = { ...question, marginPerActivePeriod: 30, discountPerYear: 0.1, draws: 120 };

  function crowd(seed: number, periods: number) {
    const stream = randomStream(seed, "payback test");
    const control = crowdArm(held, periods, stream);
    return { periodDays: 30, periods, control, treatments: [crowdArm(card, periods, stream)] };
  }

  test("carries the curves on, and says so with both figures side by side", async () => {
    const reading = await paybackOf(crowd(1, 6), { ...carried, horizonPeriods: 12 });
    const { watched, extrapolated } = reading.arms[0]!;
    expect(watched.periods).toBe(6);
    expect(extrapolated!.periods).toBe(12);
    // What was watched is the same money on both sides.
    const seen = extrapolated!.cumulated.slice(0, 6).map(({ estimate }) => estimate);
    expect(seen).toEqual(watched.cumulated.map(({ estimate }) => estimate));
    expect(extrapolated!.net.upper - extrapolated!.net.lower).toBeGreaterThan(
      watched.net.upper - watched.net.lower,
    );
    const { chances, neverShare } = extrapolated!.payback;
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
    expect(chances.at(-1)).toBeCloseTo(1 - neverShare, 12);
    expect(text(reading)).toContain("to month 12");
  });

  test("says in its sentence and in its headline what one basis says", async () => {
    const reading = await paybackOf(crowd(1, 6), { ...carried, horizonPeriods: 12 });
    const [each] = reading.arms;
    const read = (finding: "pays" | "unclear") => {
      const arm = { ...each!, watched: { ...each!.watched, finding } };
      return [paybackSentence(arm, reading), paybackHeadline(arm, reading, true)] as const;
    };
    const [seenSentence, seenHeadline] = read("pays");
    expect(seenSentence).not.toContain("If the curves go on");
    expect(seenHeadline).not.toContain("if the curves go on");
    expect(seenHeadline).toContain(/net [^(]*/.exec(seenSentence)![0]);
    const [sentence, line] = read("unclear");
    expect(sentence).toContain("If the curves go on as they did, up to month 12");
    expect(line).toContain("by month 12, if the curves go on");
  });

  test("is not carried on where an arm has no curve", async () => {
    const arms = { ...crowd(1, 3), control: alike("h", 0b111, 0) };
    const reading = await paybackOf(arms, { ...carried, horizonPeriods: 12 });
    expect(reading.arms[0]).toMatchObject({ extrapolated: null });
    expect(reading.arms[0]!.reason).toContain("h: the share active does not fall");
    expect(text(reading)).toContain("not carried on");
  });

  test("holds the truth in 90.5 to 98.5 % of 200 crowds, and a wrong one less often", async () => {
    const [periods, horizonPeriods, crowds] = [5, 10, 200];
    const margins = Array.from({ length: horizonPeriods }, (_, t) => 30 * discountAt(t, 30, 0.1));
    const truth = trueNet(card, held, margins);
    const watchedTruth = trueNet(card, held, margins.slice(0, periods));
    const inside = { watched: 0, carried: 0, wrong: 0 };
    for (let seed = 0; seed < crowds; seed++) {
      const reading = await paybackOf(crowd(seed, periods), { ...carried, horizonPeriods, seed });
      const { watched, extrapolated } = reading.arms[0]!;
      const { lower, upper } = extrapolated!.net;
      if (watched.net.lower <= watchedTruth && watchedTruth <= watched.net.upper) inside.watched++;
      if (lower <= truth && truth <= upper) inside.carried++;
      // As if nobody were active after the last period that was watched.
      if (lower <= watchedTruth && watchedTruth <= upper) inside.wrong++;
    }
    for (const count of [inside.watched, inside.carried]) {
      expect(count / crowds).toBeGreaterThanOrEqual(0.905);
      expect(count / crowds).toBeLessThanOrEqual(0.985);
    }
    expect(inside.wrong / crowds).toBeLessThan(0.8);
  });
});
