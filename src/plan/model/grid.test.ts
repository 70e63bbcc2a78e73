// Campaigns of months: days instead of hours where nothing is decided, and nearly the same numbers.
import { expect, test } from "vitest";
import { plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { gridOf } from "./grid.ts";
import type { CampaignInputs } from "./inputs.ts";
import { OUTPUT_IDS } from "./outputs.ts";
import type { HourlyTerms } from "./terms.ts";

const NOON_WEIGHTS = Array.from({ length: 24 }, (_, hour) => 1 + Math.min(hour, 24 - hour) / 6);

/** Two waves of 30 days; what lies behind them makes the whole long or short. */
function terms(hours: number, changes: Partial<HourlyTerms> = {}): HourlyTerms {
  return {
    budget: 2e7,
    settlingHours: 72,
    waves: [0, 1].map((index) => ({
      ...{ id: `wave-${index}`, fromHour: 720 * index, toHour: 720 * (index + 1) },
      ...{ budget: 1e7, released: null },
    })),
    offers: [0, 1].map((index) => ({
      ...{ id: `card-${index}`, wave: index, reward: 25 },
      expires: { kind: "at" as const, hours: 720 * (index + 1) + 240 },
    })),
    rewardsPerUser: 21,
    holdout: 0.05,
    hourWeights: Float64Array.from({ length: hours }, (_, hour) => NOON_WEIGHTS[hour % 24]!),
    dayOfHour: Uint16Array.from({ length: hours }, (_, hour) => Math.floor(hour / 24)),
    months: 12,
    rewardRatio: 1,
    budgetRatio: 1,
    ...changes,
  };
}

const INPUTS: Partial<CampaignInputs> = {
  waves: [
    { weight: 2, halfLife: 6 },
    { weight: 1, halfLife: 9 },
  ],
  offers: [
    { ...plainOffer, redeemed: 0.7, delay: 40, cancelled: 0.05 },
    { ...plainOffer, redeemed: 0.6, delay: 15, returning: 0.1 },
  ],
  ...{ people: 1.2e6, existing: 1e5, invites: 0.1, inviteDelay: 30, organic: 0.1, lift: 0.02 },
};

test("a campaign of weeks has hours; one of months whole days but for each wave's first", () => {
  const short = gridOf(terms(1_900));
  expect(short.count).toBe(1_900);
  const long = gridOf(terms(2_400));
  expect(long.hours.reduce((sum, hours) => sum + hours, 0)).toBe(2_400);
  expect([...long.hours.subarray(0, 50)]).toEqual([...new Array(48).fill(1), 24, 24]);
  const second = long.stepOfHour[720]!;
  expect(long.hour[second]).toBe(720);
  expect([...long.hours.subarray(second, second + 49)]).toEqual([...new Array(48).fill(1), 24]);
  expect(long.weight.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(
    short.weight.reduce((sum, weight) => sum + weight, 0) * (2_400 / 1_900),
    -1,
  );
});

test.each([
  ["money for all", {}, {}],
  ["money that runs out", { budget: 1.4e7 }, {}],
  ["refused who ask again", { budget: 6e6 }, { retry: 0.5, taps: 1 }],
  ["few kitchens", {}, { capacity: 2_000 }],
  ["chance", {}, { people: 3e4, existing: 0, chanceHours: 0.4 }],
] as const)("%s: days give what hours give", (_title, changes, inputs) => {
  const all = plainInputs({ ...INPUTS, ...inputs });
  const hourly = { ...new CampaignModel(terms(1_960, changes)).run(all) };
  const daily = { ...new CampaignModel(terms(2_160, changes)).run(all) };
  const isChance = "chanceHours" in inputs;
  for (const id of OUTPUT_IDS) {
    const [found, wanted] = [daily[id], hourly[id]];
    if (found === wanted || id === "breakage") continue;
    // A day's busiest hour by chance is not looked for.
    const isPeak = /Peak|merchants|couriers/.test(id);
    if (isChance && isPeak) continue;
    const away = Math.abs(found / wanted - 1);
    const allowed = isChance ? 0.08 : isPeak ? 0.12 : 0.02;
    expect(away, `${id}: ${found} by days, ${wanted} by hours`).toBeLessThan(allowed);
  }
  hourly.runOutDays.forEach((days, wave) => {
    if (days === Number.POSITIVE_INFINITY) expect(daily.runOutDays[wave]).toBe(days);
    else expect(Math.abs(daily.runOutDays[wave]! - days)).toBeLessThan(isChance ? 1 : 0.4);
  });
  expect(daily.spentByHour.length).toBe(2_160);
  expect(daily.spentByHour.at(-1)).toBeCloseTo(daily.spent, 6);
});
