// The worked example of a sum of the parts, to the cent, with each effect of the campaign in its
// line; unit economics and what the market's move would need.
import { describe, expect, test } from "vitest";
import type { CampaignDraws } from "../plan/campaign-draws.ts";
import { certain, type Uncertain } from "../stats/draws.ts";
import { around, fixed, smallCampaign } from "./campaign.fixture.ts";
import { worthDraws } from "./campaign-worth.ts";
import { companyValue, NET_CASH, type PartQuestion } from "./company-value.ts";
import { scaled } from "./draw-sums.ts";
import { discountedMonths } from "./kept-users.ts";
import { amountEach, openInterval } from "./open-interval.ts";
import { axisAround, sensitivityTable } from "./sensitivity.ts";
import { cohortQuestions, costOf, unitEconomics } from "./unit-economics.ts";

const MILLION = 1e6;
const one = (point: number): Uncertain => certain(point, 1);
const part = (id: string, figure: number, multiple: number, growth = 0): PartQuestion => ({
  ...{ id, title: id, measure: "" },
  figure: one(figure * MILLION),
  growth: one(growth),
  multiple: one(multiple),
});
const parts = [
  part("e-commerce", 120_000, 10),
  part("cloud", 160_000, 5),
  part("international", 140_000, 1),
  part("quick commerce", 0, 0),
];
/** Kept users of 30 yuan after tax a year, 3 billion spent, as a plan's or a proof's draws. */
const campaignOf = (kept: number): CampaignDraws => ({
  ...{ title: "worked", currency: "CNY", starts: "2026-02-06", grade: "F", count: 1 },
  granted: [one(3_000 * MILLION)],
  redeemed: [one(3_000 * MILLION)],
  otherCost: [one(0)],
  cannibalised: [one(0)],
  kept: one(kept),
  activeByMonth: [one(kept)],
  marginPerMonth: one(30 / 0.75 / 12),
  discount: one(0.1),
});
const company = (kept: number, more: readonly PartQuestion[] = parts) => {
  const asked = { tax: one(0.25), months: one(12) };
  const worth = worthDraws(campaignOf(kept), asked, one(15));
  return companyValue({
    parts: more,
    netCash: one(300_000 * MILLION),
    shares: one(18_552 * MILLION),
    count: 1,
    effects: [
      { id: "users", title: "kept users", line: "e-commerce", value: worth.byMultiple! },
      { id: "spend", title: "after tax", line: NET_CASH, value: scaled(worth.costAfterTax, -1) },
    ],
  });
};

describe("the worked sum of the parts (invented inputs)", () => {
  const value = company(15.6 * MILLION);

  test("is 2,440,000 million or 131.52 yuan a share, HK$146.38", () => {
    expect(value.equity.estimate / MILLION).toBe(2_440_000);
    expect(value.perShare.estimate.toFixed(2)).toBe("131.52");
    expect((value.perShare.estimate * 1.113).toFixed(2)).toBe("146.38");
  });

  test("the campaign adds 4,770 million: .26 yuan, HK$.29, .20 %", () => {
    expect(value.campaign.estimate / MILLION).toBeCloseTo(4_770, 6);
    expect(value.campaignPerShare.estimate.toFixed(2)).toBe("0.26");
    expect((value.campaignPerShare.estimate * 1.113).toFixed(2)).toBe("0.29");
    expect(value.campaignShare.estimate.toFixed(4)).toBe("0.0020");
  });

  test("at 5 % of 66.45 million it loses 755 million: .04 yuan a share", () => {
    const { campaign, campaignPerShare } = company(66.45 * MILLION * 0.05);
    expect(Math.round(campaign.estimate / MILLION)).toBe(-755);
    expect(campaignPerShare.estimate.toFixed(2)).toBe("-0.04");
  });

  test("each effect stands in the line that it names", () => {
    expect(value.parts[0]!.campaign!.estimate / MILLION).toBeCloseTo(7_020, 6);
    expect(value.parts[1]!.campaign).toBeNull();
    expect(value.netCashCampaign!.estimate / MILLION).toBeCloseTo(-2_250, 6);
    const nowhere = { id: "x", title: "x", line: "the app", value: one(1) };
    expect(() =>
      companyValue({ parts, netCash: one(0), shares: one(1), count: 1, effects: [nowhere] }),
    ).toThrow(/expected a line, got the app/);
  });

  test("what the campaign moves adds up by line, where medians would not", () => {
    const draws = (...numbers: number[]): Uncertain => {
      return { point: 0, draws: Float64Array.from(numbers) };
    };
    const effects = [
      { id: "users", title: "users", line: "a", value: draws(1, 2, 9, 30, 100) },
      { id: "spend", title: "spend", line: NET_CASH, value: draws(-9, -1, -8, -7, -2) },
    ];
    const five = (point: number): Uncertain => certain(point, 5);
    const a = { id: "a", title: "a", measure: "", figure: five(1), growth: five(0) };
    const read = companyValue({
      ...{ parts: [{ ...a, multiple: five(1) }], netCash: five(0), shares: five(1), count: 5 },
      effects,
    });
    // Medians: 9 and -7, and 1 of their sums -8, 1, 1, 23, 98.
    expect(read.campaign.estimate).toBe(1);
    const moved = [read.parts[0]!.campaign!, read.netCashCampaign!].map((each) => each.estimate);
    expect(moved[0]! + moved[1]!).toBeCloseTo(1, 12);
    expect(read.effects.map(({ value }) => value.estimate)).toEqual(moved);
  });

  test("growth moves a part before its multiple", () => {
    const grown = company(0, [part("e-commerce", 100, 5, 0.35)]);
    expect(grown.parts[0]!.value.estimate / MILLION).toBeCloseTo(675, 6);
  });
});

describe("unit economics", () => {
  const draws = smallCampaign();
  const lifetime = { months: fixed(12), discount: draws.discount };
  const [whole] = cohortQuestions(draws);
  const read = unitEconomics(whole!, lifetime);

  test("spread all of the cost, own margin lost included, over the users kept by it", () => {
    expect(costOf(draws).point).toBe(300);
    expect(read.cac.estimate).toBeCloseTo(0.3, 12);
    expect(read.cac.lower).toBeCloseTo(300 / 1_200, 12);
    expect(read.cac.upper).toBeCloseTo(300 / 800, 12);
  });

  test("a lifetime's value over the cost is the same a user and in all", () => {
    const months = discountedMonths(draws.activeByMonth, lifetime).point;
    expect(read.lifetimeValue.estimate).toBeCloseTo((months * 0.1) / 1_000, 12);
    expect(read.valueToCac.estimate).toBeCloseTo((months * 0.1) / 300, 12);
    expect(read.lifetimeValue.estimate! / read.cac.estimate!).toBeCloseTo(
      read.valueToCac.estimate!,
      12,
    );
  });

  test("pay back in the fourth month, the third at best, the fifth at worst", () => {
    // 100, 190, 271, 343.9 …; of 80 % 80, 152, 216.8, 275.1, 327.6; of 120 % 120, 228, 325.2.
    expect(read.payback.month).toEqual({ estimate: 4, lower: 3, upper: 5 });
    expect(read.payback.chances.slice(2, 5)).toEqual([1 / 3, 2 / 3, 1]);
    expect(read.payback.cumulated[3]!.estimate).toBeCloseTo(43.9, 9);
  });

  test("nobody kept costs more than any number, and never pays", () => {
    const none = smallCampaign({ kept: fixed(0), activeByMonth: [fixed(0), fixed(0)] });
    const lost = unitEconomics(cohortQuestions(none)[0]!, lifetime);
    expect(lost.cac).toEqual({ estimate: null, lower: null, upper: null });
    expect(lost.payback.month.estimate).toBeNull();
    expect(lost.valueToCac.estimate).toBe(0);
  });

  test("what a user brings is read from the draws that keep one; lost users bring nothing", () => {
    const some = smallCampaign({
      kept: around(1_000, [-0.2, 1, 1.2]),
      activeByMonth: [around(1_000, [-0.2, 1, 1.2])],
    });
    const straddling = unitEconomics(cohortQuestions(some)[0]!, lifetime);
    expect(straddling.lifetimeValue.lower).toBeCloseTo(straddling.lifetimeValue.upper!, 9);
    expect(straddling.cac.upper).toBeNull();
    const gone = { kept: fixed(-10), activeByMonth: [fixed(-10)] };
    const lost = unitEconomics(cohortQuestions(smallCampaign(gone))[0]!, lifetime);
    expect(lost.lifetimeValue).toEqual({ estimate: null, lower: null, upper: null });
  });

  test("nobody's margin counts towards payback after the months that users count", () => {
    const short = { ...lifetime, months: fixed(3) };
    const { payback } = unitEconomics(whole!, short);
    expect(payback.months).toBe(3);
    expect(payback.month.estimate).toBeNull();
    const long = unitEconomics(whole!, { ...lifetime, months: fixed(40) }).payback;
    expect([long.months, long.cumulated.length]).toEqual([40, 40]);
    expect(unitEconomics(whole!, { ...lifetime, months: fixed(1_000) }).payback.months).toBe(60);
    const halfGone = around(12, [3 / 12, 3 / 12, 1]);
    const partly = unitEconomics(whole!, { ...lifetime, months: halfGone }).payback;
    expect(partly.chances[11]).toBeCloseTo(1 / 3, 12);
  });

  test("cohorts are read beside the whole", () => {
    const cohort = {
      ...{ by: "wave", id: "wave-1", title: "wave 1", cost: fixed(100), kept: fixed(50) },
      activeByMonth: [fixed(50)],
    };
    const questions = cohortQuestions(smallCampaign({ cohorts: [cohort] }));
    expect(questions.map(({ id }) => id)).toEqual(["campaign", "wave-1"]);
    expect(unitEconomics(questions[1]!, lifetime).cac.estimate).toBe(2);
  });

  test("an interval's bounds are draws; beyond every number is null", () => {
    const draws = Float64Array.from([1, 2, 3, Number.POSITIVE_INFINITY]);
    expect(openInterval({ point: 2, draws }, 0.5)).toEqual({ estimate: 2, lower: 1, upper: 3 });
    expect(openInterval({ point: 2, draws }).upper).toBeNull();
    expect([amountEach(3, 0), amountEach(0, 0)]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});

test("a sensitivity table is read at real numbers, its own point marked", () => {
  const across = axisAround("users", "kept users", 10, [2, 1, 0.5]);
  const down = axisAround("margin", "margin", 4, [1, 0.9]);
  const table = sensitivityTable({ id: "t", title: "t", across, down }, (x, y) => x * y);
  expect([across.values, across.ownIndex, down.ownIndex]).toEqual([[5, 10, 20], 1, 1]);
  expect(table.cells).toEqual([
    [18, 36, 72],
    [20, 40, 80],
  ]);
});
