// Payback by hand where nothing varies, honest answers where there is none, and intervals that hold
// the truth as often as they say.
import { describe, expect, test } from "vitest";
import { randomStream } from "../base/keystream.ts";
import { renderHtmlSection } from "../report/html-page.ts";
import { renderTextReport } from "../report/text-report.ts";
import type { PaybackReading } from "../verdict/payback-reading.ts";
import { paybackSection } from "../verdict/payback-report.ts";
import { paybackHeadline, paybackSentence } from "../verdict/payback-words.ts";
import { type CrowdArm, crowdArm, trueNet } from "./activity.fixture.ts";
import type { ArmActivity } from "./activity.ts";
import { discountAt, paybackOf } from "./payback.ts";
import { drawStudy } from "./retention-draws.ts";

const question = {
  marginPerActivePeriod: 6,
  discountPerYear: 0,
  horizonPeriods: 3,
  draws: 100,
  seed: 1,
  currency: "CNY",
};

/** Users who are all alike, and so many that what a next one might do does not show. */
function alike(id: string, mask: number, cost: number, users = 1e12): ArmActivity {
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
    const close = (value: number) => expect.closeTo(value, 6);
    expect(watched.value).toEqual({ estimate: 12, lower: close(12), upper: close(12) });
    expect(watched.net).toEqual({ estimate: 2, lower: close(2), upper: close(2) });
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
    expect(text(reading)).toContain("Card: paid back by month 3 (95 %: month 3)");
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

describe("the words for it", () => {
  const headlineOf = (reading: PaybackReading) => paybackHeadline(reading.arms[0]!, reading, true);

  test("never say lost before the horizon is over", async () => {
    const arms = study(alike("h", 0b111, 0), alike("card", 0b111, 10));
    const early = await paybackOf(arms, { ...question, horizonPeriods: 12 });
    expect(early.arms[0]!.watched.finding).toBe("not_yet");
    expect(headlineOf(early)).toBe(
      "card works and has not paid back yet by month 3: net −10.00 yuan a treated user (95 %: " +
        "−10.00 yuan to −10.00 yuan); beyond that it is not known (h: 2 periods, and 3 numbers " +
        "of the curve to find).",
    );
    expect(paybackSentence(early.arms[0]!, early)).toContain(
      "has not paid back yet, counting only",
    );
    expect(text(early)).not.toMatch(/loses|has not paid back,/);
    const over = await paybackOf(arms, question);
    expect(headlineOf(over)).toContain("card works and still loses money: net −10");
    expect(text(over)).toContain("has not paid back, counting only");
  });

  test("say that it had paid and lost it again", async () => {
    // Treated users come at once, the held-out later and more often.
    const part = (id: string, users: Record<number, number>, cost: number): ArmActivity => ({
      id,
      users: 10_000,
      rows: Object.entries(users).map(([mask, count]) => ({
        ...{ mask: Number(mask), users: count },
        ...{ outlay: cost * count, outlaySquares: cost * cost * count },
      })),
    });
    const control = part("h", { 14: 6000, 0: 4000 }, 0);
    const treated = part("card", { 1: 7000, 2: 1000, 0: 2000 }, 1);
    const arms = { periodDays: 30, periods: 4, control, treatments: [treated] };
    const ask = { ...question, marginPerActivePeriod: 5 };
    const reading = await paybackOf(arms, { ...ask, horizonPeriods: 4 });
    expect(reading.arms[0]!.watched.payback.estimate).toBe(1);
    const lost = "had paid by month 1 and lost it again";
    expect(headlineOf(reading)).toContain(`card works and still loses money: ${lost}; net −`);
    expect(paybackSentence(reading.arms[0]!, reading)).toContain(`card: ${lost}, counting only`);
    expect(text(reading)).not.toContain("has not paid back");
    const early = await paybackOf(arms, { ...ask, horizonPeriods: 12 });
    expect(headlineOf(early)).toContain(`card works and ${lost}: net −`);
  });

  test("leave a curve out of the headline that failed its check, or had none", async () => {
    // After the third of five months more leave than the first three say.
    const masks = { 0: 3000, 1: 2000, 3: 800, 7: 1200, 15: 300, 31: 2700 };
    const rows = (cost: number) =>
      Object.entries(masks).map(([mask, users]) => ({
        ...{ mask: Number(mask), users, outlay: cost * users, outlaySquares: cost ** 2 * users },
      }));
    const arms = {
      control: { id: "h", users: 10_000, rows: rows(0) },
      treatments: [{ id: "card", users: 10_000, rows: rows(40) }],
    };
    const ask = { ...question, horizonPeriods: 24 };
    const failed = await paybackOf({ periodDays: 30, periods: 5, ...arms }, ask);
    const [each] = failed.arms;
    expect(each!.extrapolated).not.toBeNull();
    expect(each!.check).toMatchObject({ state: "failed" });
    expect(headlineOf(failed)).toMatch(
      /not known \(the curve of h failed its hold-out check \(off/,
    );
    expect(headlineOf(failed)).not.toContain("if the curves go on");
    expect(paybackSentence(each!, failed)).toContain(
      "Only a scenario, since the curve of h failed",
    );
    expect(text(failed)).toContain("scenario to month 24");
    const missing = { ...each!, check: { state: "missing", detail: "unchecked" } as const };
    expect(paybackHeadline(missing, failed, true)).toContain("not known (unchecked)");
    const passed = { ...each!, check: { state: "passed", detail: "" } as const };
    expect(paybackHeadline(passed, failed, true)).toContain("by month 24, if the curves go on");
  });

  describe("of many users, whose curves are all off beyond chance", () => {
    /** As if each user of a sample were so many: chance is tiny, the misfit of the sample stays. */
    const times = ({ id, users, rows }: ArmActivity, n: number): ArmActivity => ({
      ...{ id, users: users * n },
      rows: rows.map((row) => ({
        ...{ mask: row.mask, users: row.users * n },
        ...{ outlay: row.outlay * n, outlaySquares: row.outlaySquares * n },
      })),
    });
    const curve = { model: "sbg", scale: 0.7, leaving: 0.35, spread: 0.3, shape: 1 } as const;
    const checkOf = async (leaving: number, n: number) => {
      const stream = randomStream(5, "many users");
      const held: CrowdArm = { id: "h", users: 20_000, curve, costs: [0, 0] };
      const card: CrowdArm = { ...held, id: "card", curve: { ...curve, leaving } };
      const [control, treated] = [held, card].map((arm) => times(crowdArm(arm, 8, stream), n));
      const arms = { control: control!, treatments: [treated!] };
      const ask = { ...question, horizonPeriods: 16 };
      return (await paybackOf({ periodDays: 30, periods: 8, ...arms }, ask)).arms[0]!.check;
    };

    test("a small error passes as it does among few", async () => {
      expect(await checkOf(0.28, 1)).toEqual({ state: "passed", detail: "" });
      expect(await checkOf(0.28, 10_000)).toEqual({ state: "passed", detail: "" });
    });

    test("it does not where it is much of the difference between the arms", async () => {
      expect(await checkOf(0.349, 1)).toEqual({ state: "passed", detail: "" });
      expect(await checkOf(0.349, 10_000)).toMatchObject({
        state: "failed",
        detail: expect.stringContaining("the difference of the curves failed its hold-out check"),
      });
    });
  });

  test("count no more than the horizon, where more was watched", async () => {
    const arms = study(alike("h", 0b001, 0), alike("card", 0b111, 10));
    const reading = await paybackOf(arms, { ...question, horizonPeriods: 2 });
    expect(reading.arms[0]!.watched).toMatchObject({ periods: 2, finding: "loses" });
    expect(headlineOf(reading)).toContain("still loses money: net −4.00");
    expect(text(reading)).toContain("counting the 2 months asked for");
    expect(text(reading)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("few held out", () => {
  const treated = (users: number): ArmActivity => {
    const back = users / 100;
    const cost = { outlay: 0.1, outlaySquares: 0.01 };
    const of = (mask: number, count: number) => ({
      ...{ mask, users: count },
      ...{ outlay: cost.outlay * count, outlaySquares: cost.outlaySquares * count },
    });
    return { id: "card", users, rows: [of(0b010, back), of(0b100, back), of(0, users - 2 * back)] };
  };
  const ask = { ...question, marginPerActivePeriod: 50, draws: 2_000 };

  test("of whom nobody came back are no certainty", async () => {
    // 60 who are all away: of users who come back as the treated do, 30 % of the times.
    const reading = await paybackOf(study(alike("h", 0, 0, 60), treated(60_000)), ask);
    const [{ watched, tooFew }] = reading.arms as [(typeof reading.arms)[0]];
    expect(watched.finding).toBe("unclear");
    expect(watched.paysShare).toBeGreaterThan(0.6);
    expect(watched.paysShare).toBeLessThan(0.95);
    expect(watched.net.lower).toBeLessThan(0);
    expect(tooFew).toBeNull(); // the draws alone are honest enough
  });

  test("show nothing that pays below the floor, and say why; above it they do", async () => {
    const held = (users: number) => alike("h", 0, 0, users);
    const few = await paybackOf(study(held(240), treated(60_000)), ask);
    expect(few.arms[0]!.watched).toMatchObject({ finding: "unclear", p: 1 });
    expect(paybackHeadline(few.arms[0]!, few, true)).toContain(
      "(240 users in arm h are too few to tell: if nothing differed 4.8 of them would be back, and 5",
    );
    const enough = await paybackOf(study(held(600), treated(60_000)), ask);
    expect(enough.arms[0]!).toMatchObject({ tooFew: null, watched: { finding: "pays" } });
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

  test("has no draw, and so no seed, decide whether it is carried on", async () => {
    // Shares that hardly fall: of some hundred draws about one in ten does not fall at all.
    const stream = randomStream(2, "payback test");
    const slow = (arm: CrowdArm, leaving: number): ArmActivity =>
      crowdArm({ ...arm, users: 250, curve: { ...curve, leaving } }, 5, stream);
    const arms = { control: slow(held, 0.05), treatments: [slow(card, 0.04)] };
    const readings = [];
    for (const seed of [0, 1, 2, 3, 4, 5]) {
      const study = { periodDays: 30, periods: 5, ...arms };
      readings.push(await paybackOf(study, { ...carried, horizonPeriods: 12, seed, draws: 200 }));
    }
    const reasons = new Set(readings.map((reading) => reading.arms[0]!.reason));
    expect(reasons.size).toBe(1);
    for (const reading of readings) expect(text(reading)).not.toMatch(/NaN|Infinity/);
    // None is left out: users who stay for good are one of the things that might be.
    const study = { periodDays: 30, periods: 5, ...arms };
    const drawn = await drawStudy(study, { horizonPeriods: 12, seed: 1, draws: 200 });
    for (const { beyond } of drawn.arms) {
      expect(beyond!.flatMap(({ draws }) => [...draws]).every(Number.isFinite)).toBe(true);
    }
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
