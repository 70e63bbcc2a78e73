// What the budget and the reward are for: who comes, invites and stays where there is none.
import { describe, expect, test } from "vitest";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

const run = (terms: HourlyTerms, changes: Partial<CampaignInputs> = {}) =>
  new CampaignModel(terms).run(plainInputs(changes));

const all = { ...plainOffer, takeUp: 1 };
/** Money for this share of the people, who come evenly. */
const moneyFor = (share: number): HourlyTerms => flatTerms({ budget: share * 25e6 });

describe("word that the money is gone", () => {
  const word = { offers: [all], organic: 0.2, afterRunOut: 0.25 };

  test("keeps away those who come for it, from the moment on, and nobody else", () => {
    const out = run(moneyFor(0.4), word);
    // Before it 400,000; after it a fifth who come anyway and a quarter of the others.
    expect(out.rewarded).toBeCloseTo(4e5, 3);
    expect(out.people).toBeCloseTo(4e5 + 6e5 * (0.2 + 0.8 * 0.25), 3);
    expect(out.stayedAway).toBeCloseTo(6e5 * 0.8 * 0.75, 3);
    expect(out.refused).toBeCloseTo(out.people - 4e5, 3);
    expect(out.runOutDays[0]).toBeCloseTo(4, 9);
  });

  test("takes nobody away who would have come anyway: kept are those it brought", () => {
    const out = run(moneyFor(0.4), { ...word, refused: 0 });
    expect(out.kept).toBeCloseTo(0.8 * 4e5 * 0.128, 3);
    // Active are they, and all who come anyway: rewarded or not alike, since the lift is nothing.
    expect(out.active30).toBeCloseTo(0.8 * 4e5 * 0.128 + 0.2 * 1e6 * 0.128, 3);
  });

  test("does not spread while there is money, nor where it is only paced", () => {
    expect(run(moneyFor(1.1), word).people).toBeCloseTo(1e6, 6);
    const released = Float64Array.from({ length: 24 * DAYS }, (_, i) => (i + 1) / (24 * DAYS));
    const [wave] = flatTerms().waves;
    const waves = [{ ...wave!, budget: 2e7, released }];
    const out = run(flatTerms({ budget: 2e7, waves }), word);
    expect(out.refused).toBeGreaterThan(0);
    expect(out.stayedAway / 1e6).toBeLessThan(0.01);
  });

  test("is over where money comes back and lasts", () => {
    const [wave] = flatTerms().waves;
    const [offer] = flatTerms().offers;
    // A tenth of what is granted in the first day is given back a day later, all at once.
    const expires = { kind: "after" as const, hours: 24 };
    const terms = flatTerms({ budget: 2.5e6, waves: [wave!], offers: [{ ...offer!, expires }] });
    const nobody = { ...all, redeemed: 0 };
    const out = run(terms, { ...word, offers: [nobody], afterRunOut: 0 });
    expect(out.rewarded).toBeGreaterThan(1.5e5);
    expect(out.stayedAway).toBeLessThan(1e6 * 0.8 * 0.9);
  });
});

describe("only who has a reward invites", () => {
  const invites = { offers: [all], invites: 0.5, newcomers: 1, inviteDelay: 12 };

  test("without any money nobody is invited; with all of it everybody", () => {
    expect(run(flatTerms({ budget: 1e12 }), invites).people).toBeCloseTo(2e6, 3);
    const none = run(flatTerms({ budget: 1e-3 }), invites);
    expect(none.people).toBeLessThan(1.0001e6);
    expect(none.keptOfOrigin[1]! / none.kept).toBeLessThan(1e-4);
  });

  test("inviters of late count: after the money is gone their invites run out", () => {
    const flat = flatTerms();
    const [wave] = flat.waves;
    const terms = { ...flat, budget: 1e12, waves: [{ ...wave!, budget: 15e6 }] };
    const { people, runOutDays, rewarded } = run(terms, invites);
    const gone = runOutDays[0]!;
    // Evenly 200,000 a day until then, half of them invited, and 100,000 a day from half a day on.
    const after = (DAYS - gone) * 1e5;
    expect(people).toBeGreaterThan(2e5 * gone + after);
    expect(people).toBeLessThan(2e5 * gone + after + 1e5);
    expect(rewarded).toBeLessThan(15e6 / 25);
  });
});

describe("who came for a reward and has none", () => {
  test("stays at a rate of his own: refused, held out, or not asking", () => {
    const rates = { refused: 0.02, lift: 0.01 };
    expect(run(flatTerms({ budget: 0 }), rates).kept).toBeCloseTo(1e6 * 0.02, 3);
    expect(run(flatTerms({ holdout: 1 }), rates).kept).toBeCloseTo(1e6 * 0.02, 3);
    expect(run(flatTerms(), rates).kept).toBeCloseTo(5e5 * 0.128 + 5e5 * 0.02, 3);
    // Not better than with a reward; and as those who come anyway where nothing is said.
    expect(run(flatTerms({ budget: 0 }), { refused: 0.5 }).kept).toBeCloseTo(1e6 * 0.128, 3);
    expect(run(flatTerms({ budget: 0 }), { lift: 0.01 }).kept).toBeCloseTo(1e6 * 0.118, 3);
  });

  test("is nobody who would have come anyway", () => {
    const anyway = { organic: 1, refused: 0, lift: 0.02 };
    const out = run(flatTerms({ budget: 0 }), anyway);
    expect(out.kept).toBe(0);
    expect(out.active30).toBeCloseTo(1e6 * 0.108, 3);
  });

  test("has what stays of him by a later wave, if he comes back for that", () => {
    const [wave] = flatTerms().waves;
    const terms = flatTerms({
      waves: [
        { ...wave!, toHour: 24, budget: 0 },
        { ...wave!, id: "two", fromHour: 24, toHour: 48 },
      ],
      offers: [0, 1].map((index) => ({ ...flatTerms().offers[0]!, id: `o${index}`, wave: index })),
    });
    const offers = [all, { ...all, returning: 0.3 }];
    const waves = [
      { weight: 1, halfLife: 1e12 },
      { weight: 0, halfLife: 1e12 },
    ];
    const out = run(terms, { offers, waves, refused: 0.02 });
    expect(out.rewarded).toBeCloseTo(3e5, 3);
    expect(out.kept).toBeCloseTo(3e5 * 0.128 + 7e5 * 0.02, 3);
  });
});

test("people, take-up and invites follow the amount by one elasticity", () => {
  const [offer] = flatTerms().offers;
  const offers = [{ ...offer!, reward: 6.25, rewardRatio: 0.25 }];
  const terms = flatTerms({ budget: 1e12, rewardRatio: 0.25, offers });
  const draw = { invites: 0.8, newcomers: 0.5, elasticityReward: 0.5 };
  const out = run(terms, draw);
  // Half as many people; of them half as many claim; each claimer invites half as many.
  expect(out.people).toBeCloseTo(5e5 / (1 - 0.25 * 0.4 * 0.5), 3);
  expect(out.rewarded).toBeCloseTo(out.people * 0.25, 3);
  expect(run(terms, { ...draw, elasticityReward: 0 }).people).toBeCloseTo(1e6 / (1 - 0.2), 3);
});

test("conversations without an order are calls: refused claims, orders nobody could take", () => {
  const calls = { callsPerOrder: 4, callsPerRefused: 3, callCost: 0.01 };
  const half = run(moneyFor(0.5), { offers: [{ ...all, delay: 1e-3 }], ...calls, claimPeak: 2 });
  expect(half.calls).toBeCloseTo(5e5 * 4 + 5e5 * 3, 3);
  expect(half.callCost).toBeCloseTo(half.calls * 0.01, 6);
  // The busiest hour of both kinds is any hour: refusals come in double in their busiest second.
  expect(half.callsPeak * 3600).toBeCloseTo((1e6 / 240) * Math.max(4, 3 * 2), 3);
  const rest = run(flatTerms(), { offers: [all], ...calls, capacity: 1000 });
  expect(rest.calls).toBeGreaterThan(rest.orders * 4 + rest.orders * 3);
  const sum = (numbers: Float64Array): number => numbers.reduce((a, b) => a + b, 0);
  for (const out of [half, rest]) expect(sum(out.otherCostOfMonth)).toBeCloseTo(out.callCost, 3);
});
