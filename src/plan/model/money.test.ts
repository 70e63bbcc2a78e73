// Money over time against closed forms: what is spent when, and what it brings when.
import { expect, test } from "vitest";
import { sbgSurvival } from "../../stats/customer-value/shifted-beta-geometric.ts";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import type { HourlyTerms } from "./terms.ts";
import { retentionThrough } from "./two-point-retention.ts";

const run = (terms = flatTerms(), inputs = plainInputs()) => new CampaignModel(terms).run(inputs);

const MONTHS = 24;
const monthly = (yearly: number): number => (1 + yearly) ** (1 / 12) - 1;

/** Of users there on day 30, the share there so many months later, by the curve itself. */
function stays(d1: number, d30: number): number[] {
  const shape = retentionThrough(d1, d30);
  const atMonth = sbgSurvival(shape, 30);
  return Array.from({ length: MONTHS }, (_, m) => sbgSurvival(shape, 30 * (m + 1)) / atMonth);
}

/** Two waves of the same size, the second two months after the first. */
function twoWaves(): HourlyTerms {
  const from = 60 * 24;
  const hours = from + 24 * DAYS;
  const wave = { budget: 1e9, released: null };
  return flatTerms({
    waves: [
      { id: "one", fromHour: 0, toHour: 24 * DAYS, ...wave },
      { id: "two", fromHour: from, toHour: hours, ...wave },
    ],
    offers: [0, 1].map((index) => ({
      ...{ id: `card-${index}`, wave: index, reward: 25 },
      expires: { kind: "at" as const, hours: hours + 240 },
    })),
    hourWeights: new Float64Array(hours + 240).fill(1),
    dayOfHour: Uint16Array.from({ length: hours + 240 }, (_, hour) => Math.floor(hour / 24)),
  });
}

const equalWaves = plainInputs({
  waves: [
    { weight: 1, halfLife: 1e12 },
    { weight: 1, halfLife: 1e12 },
  ],
  offers: [plainOffer, plainOffer],
});

test("a cohort that leaves by the curve is worth its discounted months", () => {
  const out = run(flatTerms(), plainInputs({ d1: 0.5, d30: 0.2, margin: 30, discount: 0.12 }));
  const rate = monthly(0.12);
  const each = stays(0.5, 0.2).map((stay, m) => stay * 30 * (1 + rate) ** -(m + 1));
  const worth = each.reduce((sum, value) => sum + value, 0);
  expect(out.kept).toBeCloseTo(1e6 * 0.2, 3);
  expect(out.net).toBeCloseTo(out.kept * worth - 12.5e6, 0);
  expect(out.marginNeeded).toBeCloseTo((30 * 12.5e6) / (out.kept * worth), 6);
});

test("it pays back in the first month whose sum reaches the cost, and not before", () => {
  const inputs = plainInputs({ d1: 0.5, d30: 0.2, margin: 30 });
  const out = run(flatTerms(), inputs);
  let [sum, month] = [0, 0];
  for (const stay of stays(0.5, 0.2)) {
    if (sum >= 12.5e6) break;
    sum += 1e6 * 0.2 * stay * 30;
    month += 1;
  }
  expect(sum).toBeGreaterThanOrEqual(12.5e6);
  expect(out.payback).toBe(month);
  const short = run(flatTerms(), { ...inputs, margin: (0.99 * 30 * 12.5e6) / sum });
  expect(short.payback).toBeGreaterThan(month);
});

test("a margin that falls short of the one needed never pays back", () => {
  const inputs = plainInputs({ d1: 0.5, d30: 0.2, margin: 30, discount: 0.08 });
  const { marginNeeded } = run(flatTerms(), inputs);
  expect(run(flatTerms(), { ...inputs, margin: 1.0001 * marginNeeded }).payback).toBe(MONTHS);
  const never = run(flatTerms(), { ...inputs, margin: 0.9999 * marginNeeded });
  expect(never.payback).toBe(Number.POSITIVE_INFINITY);
});

test("a cost that recurs is an annuity: what falls due later is worth less", () => {
  const out = run(twoWaves(), { ...equalWaves, margin: 0, discount: 0.1 });
  const each = 0.5 * 1e6 * 0.5 * 25;
  expect(out.spentOfMonth[0]).toBeCloseTo(each, 2);
  expect(out.spentOfMonth[2]).toBeCloseTo(each, 2);
  expect(out.cost).toBeCloseTo(each * (1 + 1.1 ** (-2 / 12)), 2);
});

test("calls, fees and displaced orders fall due with the orders, marketing at the start", () => {
  const costs = { callsPerOrder: 4, callCost: 0.5, feeGrant: 0.2, feeRedemption: 0.3 };
  const own = { cannibalised: 0.25, orderMargin: 8, marketing: 1e5 };
  const out = run(flatTerms(), plainInputs({ ...costs, ...own }));
  const orders = 5e5;
  expect(out.otherCostOfMonth[0]).toBeCloseTo(orders * (2 + 0.2 + 0.3) + 1e5, 2);
  expect(out.displacedOfMonth[0]).toBeCloseTo(orders * 0.25 * 8, 2);
  expect(out.cost).toBeCloseTo(orders * (25 + 2.5 + 2) + 1e5, 1);
});

test("arrivals that fall by half run out when their geometric series does", () => {
  const halving = plainInputs({ waves: [{ weight: 1, halfLife: 1 }] });
  const whole = 1e6 * 0.5 * 25;
  const ofDays = (days: number): number => (1 - 0.5 ** days) / (1 - 0.5 ** DAYS);
  for (const days of [1, 2, 5]) {
    const out = run(flatTerms({ budget: whole * ofDays(days) }), halving);
    expect(out.runOutDays[0]).toBeCloseTo(days, 6);
  }
  const half = run(flatTerms({ budget: whole * ofDays(1) * 0.5 }), halving);
  expect(half.runOutDays[0]).toBeCloseTo(0.5, 6);
});

test("of grants that expire, as many are spent as have come to their hour", () => {
  const terms = flatTerms({
    offers: [{ id: "card", wave: 0, reward: 25, expires: { kind: "after", hours: 48 } }],
    settlingHours: 1e4,
  });
  const out = run(terms, plainInputs({ offers: [{ ...plainOffer, redeemed: 0.8, delay: 30 }] }));
  // Ten days after the last grant a few are still on their way.
  expect(out.spent / out.granted).toBeCloseTo(0.8 * (1 - Math.exp(-48 / 30)), 3);
});

test("what expires unspent is granted again after the lag, if somebody still asks", () => {
  const terms = (settlingHours: number): HourlyTerms =>
    flatTerms({
      budget: 1e6,
      settlingHours,
      offers: [{ id: "card", wave: 0, reward: 25, expires: { kind: "after", hours: 24 } }],
    });
  const nobodySpends = plainInputs({ offers: [{ ...plainOffer, redeemed: 0 }] });
  // A tenth of ten days' demand is wanted each day: 1.25 million, and 1 million is there.
  expect(run(terms(1e4), nobodySpends).granted).toBeCloseTo(1e6, 3);
  const again = run(terms(48), nobodySpends);
  // Gone after 19.2 hours; what was granted in an hour is there again 72 hours later.
  expect(again.granted).toBeGreaterThan(3e6);
  expect(again.runOutDays[0]).toBeCloseTo(0.8, 6);
});

test("what is given back is granted again at once: a budget goes as far as its series", () => {
  const given = { ...plainOffer, redeemed: 0.5, cancelled: 0.2, cancelDelay: 0.05 };
  const out = run(flatTerms({ budget: 1e6 }), plainInputs({ offers: [given] }));
  expect(out.granted).toBeCloseTo(1e6 / 0.8, 0);
  expect(out.refused).toBeGreaterThan(0);
});
