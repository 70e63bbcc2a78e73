// Caps beside the budgets, and waves that open and close within an hour.
import { describe, expect, test } from "vitest";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { delayUnderDayCap } from "./further-rewards.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms, SharedCap } from "./terms.ts";

const run = (terms: HourlyTerms, changes: Partial<CampaignInputs> = {}) =>
  new CampaignModel(terms).run(plainInputs(changes));

const all = { ...plainOffer, takeUp: 1, delay: 1e-3 };
const cap = (changes: Partial<SharedCap>): SharedCap => {
  return {
    id: "c",
    counts: "grants",
    per: "total",
    on: "claim",
    limit: 0,
    offers: [0],
    ...changes,
  };
};

describe("what limits all people together", () => {
  test.each([
    ["grants in all", cap({ limit: 1e5 }), 1e5],
    ["money in all", cap({ counts: "money", limit: 2.5e6 }), 1e5],
    ["grants a day", cap({ per: "day", limit: 3e4 }), 3e4 * DAYS],
    ["grants an hour", cap({ per: "hour", limit: 1e3 }), 1e3 * 24 * DAYS],
    ["of another offer", cap({ limit: 1, offers: [7] }), 1e6],
  ] as const)("%s", (_title, one, grants) => {
    const out = run(flatTerms({ caps: [one] }), { offers: [all] });
    expect(out.grants).toBeCloseTo(grants, 3);
    expect(out.refused).toBeCloseTo(1e6 - grants, 3);
  });

  test("a cap for good is money that is gone; one that opens again is not", () => {
    const word = { offers: [all], afterRunOut: 0 };
    expect(run(flatTerms({ caps: [cap({ limit: 1e5 })] }), word).people).toBeCloseTo(1e5, 3);
    const daily = flatTerms({ caps: [cap({ per: "day", limit: 1e4 })] });
    expect(run(daily, word).people).toBeCloseTo(1e6, 3);
  });

  test("orders that a cap on redemptions stops wait, and are conversations in vain", () => {
    const on = cap({ on: "redemption", per: "hour", limit: 1e3 });
    const out = run(flatTerms({ caps: [on] }), { offers: [all], callsPerRefused: 1 });
    expect(out.ordersPeak * 3600).toBeCloseTo(1e3, 6);
    expect(out.orders).toBeCloseTo(1e3 * 24 * (DAYS + 10), 3);
    expect(out.calls).toBeGreaterThan(1e6);
  });

  test("a year with a cap by the hour is computed by the hour", () => {
    const hours = 24 * 200;
    const terms = flatTerms({
      waves: [{ ...flatTerms().waves[0]!, toHour: hours }],
      offers: [{ ...flatTerms().offers[0]!, expires: { kind: "at", hours } }],
      hourWeights: new Float64Array(hours).fill(1),
      dayOfHour: Uint16Array.from({ length: hours }, (_, hour) => Math.floor(hour / 24)),
      caps: [cap({ per: "hour", limit: 100 })],
    });
    const out = run(terms, { offers: [all], waves: [{ weight: 1, halfLife: 1 }] });
    expect(out.claimsPeak * 3600).toBeGreaterThan(0);
    expect(out.spentByStep.length).toBe(hours);
    expect(out.grants).toBeLessThanOrEqual(100 * hours);
  });
});

describe("what limits one user", () => {
  const invites = { offers: [all], invites: 2, inviteDelay: 1 };

  test("money: as many rewards as it pays", () => {
    const three = run(flatTerms({ moneyPerUser: 75 }), invites);
    expect(three.grants).toBeCloseTo(run(flatTerms({ rewardsPerUser: 3 }), invites).grants, 6);
    expect(three.grants).toBeLessThan(run(flatTerms(), invites).grants);
    expect(run(flatTerms({ moneyPerUser: 24 }), invites).grants).toBe(0);
  });

  test("rewards a day: the rest comes on the next days, as a sum over all rewards has it", () => {
    const draw = { invites: 2, senders: 0.5, collectors: 0.01, inviteDelay: 6 };
    const [q, perDay, most] = [1 - 0.5 / 4, 3, 21];
    let [sum, weights] = [0, 0];
    for (let count = 1; count < most; count++) {
      const weight = 0.5 * q ** (count - 1) + 0.01;
      const waits = 24 * Math.floor(count / perDay);
      sum += weight * (waits + 6 * Math.exp(-waits / 6));
      weights += weight;
    }
    expect(delayUnderDayCap(draw, 1, most, perDay)).toBeCloseTo(sum / weights, 9);
    expect(delayUnderDayCap(draw, 1, 3, 3)).toBe(6);
    expect(delayUnderDayCap({ ...draw, invites: 0 }, 1, 21, 3)).toBe(6);
  });

  test("rewards a day: grants come later, and no more than the wave has days for", () => {
    const free = run(flatTerms(), invites);
    const slow = run(flatTerms({ rewardsPerUserDay: 2 }), invites);
    expect(slow.spentByHour[24]).toBeLessThan(free.spentByHour[24]!);
    const day = { ...flatTerms().waves[0]!, toHour: 24 };
    const one = run(flatTerms({ rewardsPerUserDay: 2, waves: [day] }), invites);
    expect(one.grants).toBeLessThanOrEqual(2e6);
  });
});

describe("a wave of minutes", () => {
  const [wave] = flatTerms().waves;
  const tenMinutes = { ...wave!, fromHour: 20, toHour: 21, lateBy: 1 / 4, earlyBy: 7 / 12 };

  test("grants what is asked for in them, at the pace of an hour of such minutes", () => {
    const out = run(flatTerms({ waves: [tenMinutes] }), { offers: [all] });
    expect(out.grants).toBeCloseTo(1e6, 3);
    expect(out.claimsPeak * 600).toBeCloseTo(1e6, 3);
  });

  test("runs out within them", () => {
    const out = run(flatTerms({ budget: 5e6, waves: [tenMinutes] }), { offers: [all] });
    expect(out.runOutDays[0]! * 24 * 60).toBeCloseTo(10 * 0.2, 9);
  });

  test("beside another in the same hour is no busier than one of them", () => {
    const offers = [0, 1].map((index) => ({
      ...{ id: `o${index}`, wave: index, reward: 25 },
      expires: { kind: "at" as const, hours: 100 },
    }));
    const second = { ...tenMinutes, id: "two", lateBy: 5 / 6, earlyBy: 0 };
    const half = { weight: 1, halfLife: 1e12 };
    const terms = flatTerms({ waves: [tenMinutes, second], offers });
    const out = run(terms, { offers: [all, all], waves: [half, half] });
    expect(out.claimsPeak * 600).toBeCloseTo(5e5, 3);
  });

  test("begins and ends off the hour: its edges have a part of an hour's people", () => {
    const edges = { ...wave!, fromHour: 0, toHour: 3, lateBy: 0.5, earlyBy: 0.5 };
    const out = run(flatTerms({ waves: [edges] }), { offers: [all] });
    const byHour = [...out.spentByHour.subarray(0, 3)].map((money) => money / 25e6);
    expect(byHour[0]).toBeCloseTo(0.25, 6);
    expect(byHour[1]).toBeCloseTo(0.75, 6);
    expect(out.claimsPeak * 3600).toBeCloseTo(5e5, 3);
  });
});
