// The model against closed forms, where its inputs are so plain that there are any.
import fc from "fast-check";
import { expect, test } from "vitest";
import { sbgSurvival } from "../../stats/customer-value/shifted-beta-geometric.ts";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { retainedAt, retentionThrough } from "./two-point-retention.ts";

const run = (terms = flatTerms(), inputs = plainInputs()) => new CampaignModel(terms).run(inputs);

test("a budget that is large enough burns as people, take-up and reward say", () => {
  const out = run();
  expect(out.granted).toBeCloseTo(1e6 * 0.5 * 25, 3);
  expect(out.spent).toBeCloseTo(1e6 * 0.5 * 25, 3);
  expect(out.runOutDays[0]).toBe(Number.POSITIVE_INFINITY);
  expect(out.claimsPeak).toBeCloseTo((1e6 * 0.5) / (DAYS * 24 * 3600), 9);
});

test("a budget that is not runs out when even demand has used it up, and not a cent later", () => {
  const out = run({ ...flatTerms(), budget: 1e6 });
  expect(out.granted).toBeCloseTo(1e6, 6);
  expect(out.runOutDays[0]).toBeCloseTo((DAYS * 1e6) / (1e6 * 0.5 * 25), 9);
  expect(out.refused).toBeCloseTo(1e6 * 0.5 - 1e6 / 25, 3);
});

test("invites bring a geometric series of people, and both sides a reward up to the cap", () => {
  const invited = plainInputs({ invites: 0.5, newcomers: 0.4 });
  const out = run(flatTerms(), invited);
  expect(out.people).toBeCloseTo(1e6 / (1 - 0.5 * 0.5 * 0.4), 3);
  const claimers = out.people * 0.5;
  // Mean 1 further reward, geometric with q = 1/2, cut at 20. Late ones miss the end.
  const capped = 1 - 0.5 ** 20;
  expect(out.grants).toBeLessThan(claimers * (1 + capped));
  expect(out.grants).toBeGreaterThan(claimers * (1 + capped * 0.85));
});

test("invites run dry among a limited number of people, however many each sends", () => {
  const epidemic = { invites: 3, newcomers: 1 };
  const [wave] = flatTerms().waves;
  const ofPlenty = { budget: 1e12, waves: [{ ...wave!, budget: 1e12 }] };
  for (const reachable of [1e6, 3e6, 5e7]) {
    const plenty = { ...flatTerms(), ...ofPlenty };
    const { people } = run(plenty, plainInputs({ ...epidemic, reachable }));
    expect(people).toBeLessThanOrEqual(reachable);
    // Each brings 1.5, of whom those are new who are not yet there.
    const met = 1e6 + 1.5 * people * (1 - people / reachable);
    if (people < reachable) expect(met / people).toBeCloseTo(1, 9);
  }
  const few = run(flatTerms(), plainInputs({ reachable: 1e18, invites: 0.5, newcomers: 0.4 }));
  expect(few.people).toBeCloseTo(1e6 / 0.9, 3);
});

test("retention goes through both given days and is the shifted beta-geometric's", () => {
  const shape = retentionThrough(0.65, 0.128);
  expect(retainedAt(shape, 1)).toBeCloseTo(0.65, 12);
  expect(retainedAt(shape, 30)).toBeCloseTo(0.128, 10);
  for (const day of [2, 90, 720]) {
    expect(retainedAt(shape, day)).toBeCloseTo(sbgSurvival(shape, day), 10);
  }
});

test("retention that no such curve has is refused", () => {
  expect(() => retentionThrough(0.65, 0.66)).toThrow(/day 30/);
  expect(() => retentionThrough(0.65, 0.65 ** 30)).toThrow(/day 30/);
});

test("a cohort that stays pays back in cost over monthly margin", () => {
  const stays = { d1: 1 - 1e-9, d30: 1 - 2e-9 };
  const out = run(flatTerms(), plainInputs({ ...stays, margin: 2.6 }));
  // 12.5 million against a million users of 2.6 a month: 4.81 months.
  expect(out.payback).toBe(5);
  expect(out.marginNeeded).toBeCloseTo(12.5 / 24, 6);
  expect(out.net).toBeCloseTo(1e6 * 2.6 * 24 - 12.5e6, 0);
});

test("discounting gives the present value of an annuity", () => {
  const stays = { d1: 1 - 1e-9, d30: 1 - 2e-9 };
  const out = run(flatTerms(), plainInputs({ ...stays, margin: 2, discount: 0.1 }));
  const monthly = 1.1 ** (1 / 12) - 1;
  const annuity = (1 - (1 + monthly) ** -24) / monthly;
  expect(out.net).toBeCloseTo(1e6 * 2 * annuity - 12.5e6, 0);
});

test("the campaign keeps, of who would have come anyway, what the reward's lift adds", () => {
  const out = run(flatTerms(), plainInputs({ organic: 1, lift: 0.02 }));
  expect(out.kept).toBeCloseTo(1e6 * 0.5 * 0.02, 6);
  expect(out.active30).toBeCloseTo(1e6 * (0.5 * 0.128 + 0.5 * 0.108), 3);
});

test("orders wait for shops and couriers", () => {
  const out = run(flatTerms(), plainInputs({ capacity: 1_000 }));
  expect(out.ordersPeak * 3600).toBeCloseTo(1_000, 9);
  expect(out.orders).toBeLessThanOrEqual(1_000 * 24 * (DAYS + 10));
  expect(out.breakage).toBeGreaterThan(0);
});

test("pacing lets out no more than its curve by any hour", () => {
  const released = Float64Array.from({ length: 24 * DAYS }, (_, i) => (i + 1) / (24 * DAYS));
  const wave = { id: "cards", fromHour: 0, toHour: 24 * DAYS, budget: 1e6, released };
  const rush = plainInputs({ waves: [{ weight: 1, halfLife: 0.5 }], retry: 0.9 });
  const out = run(flatTerms({ waves: [wave] }), {
    ...rush,
    offers: [{ ...plainOffer, delay: 0.1 }],
  });
  for (let hour = 0; hour < released.length; hour++) {
    expect(out.spentByHour[hour]).toBeLessThanOrEqual(1e6 * released[hour]! + 1e-6);
  }
  expect(out.runOutDays[0]).toBeGreaterThan(DAYS - 1);
});

test("whatever is drawn, budgets hold and numbers stay numbers", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const drawn = fc.record({
    takeUp: share,
    invites: fc.double({ min: 0, max: 30, noNaN: true }),
    retry: share,
    abuse: fc.double({ min: 0, max: 0.99, noNaN: true }),
    people: fc.double({ min: 0, max: 1e9, noNaN: true }),
    halfLife: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
    budget: fc.double({ min: 1, max: 1e8, noNaN: true }),
    redeemed: share,
  });
  fc.assert(
    fc.property(drawn, ({ takeUp, redeemed, halfLife, budget, ...inputs }) => {
      const out = run(
        flatTerms({ budget }),
        plainInputs({
          ...inputs,
          newcomers: 1,
          waves: [{ weight: 1, halfLife }],
          offers: [{ ...plainOffer, takeUp, redeemed }],
        }),
      );
      expect(out.granted).toBeLessThanOrEqual(budget * (1 + 1e-12));
      expect(out.spent).toBeLessThanOrEqual(out.granted * (1 + 1e-12));
      expect(
        Object.values(out).flatMap((v) => (typeof v === "number" ? [v] : [...v])),
      ).not.toContain(Number.NaN);
    }),
    { numRuns: 200 },
  );
});
