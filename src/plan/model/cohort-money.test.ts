// Whom the money went to and who of them stayed: every cohort's part, and the sum of all.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { ORIGINS } from "./cohort-money.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

const run = (terms: HourlyTerms, draw: CampaignInputs) => new CampaignModel(terms).run(draw);
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
const [own, invited, existing] = ORIGINS.map((_, i) => i) as [number, number, number];

const twoWaves = flatTerms({
  waves: [
    { id: "cards", fromHour: 0, toHour: 120, budget: 2e7, released: null },
    { id: "envelopes", fromHour: 120, toHour: 240, budget: 1e7, released: null },
  ],
  offers: [
    { id: "card", wave: 0, reward: 25, expires: { kind: "at", hours: 480 } },
    { id: "envelope", wave: 1, reward: 8, expires: { kind: "at", hours: 480 } },
  ],
});
const drawOf = (more: Partial<CampaignInputs> = {}): CampaignInputs =>
  plainInputs({
    waves: [
      { weight: 2, halfLife: 3 },
      { weight: 1, halfLife: 3 },
    ],
    offers: [plainOffer, { ...plainOffer, returning: 0.3, redeemed: 0.8 }],
    ...{ cannibalised: 0.2, orderMargin: 2, callsPerOrder: 5, callCost: 0.01, marketing: 5e6 },
    ...{ feeGrant: 0.02, feeRedemption: 0.1, lift: 0.01, organic: 0.2 },
    ...more,
  });

describe("cohorts of a campaign", () => {
  test("add up to it, whatever is drawn", () => {
    const share = fc.double({ min: 0, max: 0.9, noNaN: true });
    const drawn = fc.record({
      ...{ invites: fc.double({ min: 0, max: 3, noNaN: true }), newcomers: share, abuse: share },
      ...{ existing: fc.double({ min: 0, max: 1e6, noNaN: true }), existingLift: share },
      ...{ capacity: fc.double({ min: 100, max: 1e7, noNaN: true }), organic: share },
      collectors: fc.double({ min: 0, max: 0.01, noNaN: true }),
      people: fc.double({ min: 1, max: 1e8, noNaN: true }),
      used: fc.constantFrom(0, 0.5, 1),
    });
    fc.assert(
      fc.property(drawn, ({ used, ...more }) => {
        const draw = drawOf(more);
        draw.offers[1]!.used = used;
        const out = run(twoWaves, draw);
        const cost = out.spent + sum(out.otherCostOfMonth) + sum(out.displacedOfMonth);
        const ofWaves = [out.spentOfWave, out.otherCostOfWave, out.displacedOfWave];
        expect(sum(ofWaves.map(sum)) / cost).toBeCloseTo(1, 9);
        expect(sum(out.costOfOrigin) / cost).toBeCloseTo(1, 9);
        expect(sum(out.keptOfOrigin)).toBeCloseTo(out.kept, 4);
        expect(sum(out.keptOfWave)).toBeCloseTo(out.kept, 4);
        for (const part of out.costOfOrigin) expect(part).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  test("without invites all new users came by themselves, and bear all but others' part", () => {
    const out = run(twoWaves, drawOf({ existing: 1e5, existingLift: 0.02 }));
    expect(out.costOfOrigin[invited]).toBeCloseTo(0, 6);
    expect(out.keptOfOrigin[invited]).toBe(0);
    expect(out.costOfOrigin[existing]).toBeGreaterThan(0);
    expect(out.keptOfOrigin[existing]).toBeGreaterThan(0);
  });

  test("of a single wave the first grants are shared out by heads", () => {
    const draw = plainInputs({ existing: 1e6, existingLift: 0.02 });
    const out = run(flatTerms(), draw);
    expect(out.costOfOrigin[existing]! / out.costOfOrigin[own]!).toBeCloseTo(1, 6);
  });

  test("an invite costs both sides' rewards: the invited's own and what is given for them", () => {
    // Half of the claimers bring one each who would not have come; all that is granted is spent.
    const offer = { ...plainOffer, takeUp: 1, byInvites: 1 };
    const draw = plainInputs({ invites: 0.5, newcomers: 1, offers: [offer] });
    const out = run(flatTerms({ rewardsPerUser: 1e9 }), draw);
    const people = 2e6;
    expect(out.people).toBeCloseTo(people, 0);
    expect(out.keptOfOrigin[invited]! / out.keptOfOrigin[own]!).toBeCloseTo(1, 9);
    // Firsts: half of them the invited's. Further ones: two an invite.
    const firsts = (people / 2) * 25;
    const further = out.spent - 2 * firsts;
    expect(out.costOfOrigin[own]).toBeCloseTo(firsts, 0);
    expect(out.costOfOrigin[invited]).toBeCloseTo(firsts + further, 0);
    expect(further).toBeGreaterThan(0.8 * 2 * 0.5 * people * 25);
  });
});
