// Chance from hour to hour against the laws that it stands for: binomial, geometric, compound.
import { expect, test } from "vitest";
import { normalScore } from "../../stats/normal.ts";
import { flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { furtherRewards } from "./further-rewards.ts";
import { CHANCE_PEOPLE_MOST, HourChance } from "./hour-chance.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { CampaignOutputs, OutputId } from "./outputs.ts";
import { Stream } from "./stream.ts";
import type { HourlyTerms } from "./terms.ts";

const DRAWS = 2_000;
const PEOPLE = 4_000;

interface Spread {
  readonly mean: number;
  readonly sd: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / values.length) };
}

/** Scores that fill the normal distribution evenly, as a quasi-random sequence does. */
const scores = Array.from({ length: DRAWS }, (_, i) => normalScore((i + 0.5) / DRAWS));

function spread(id: OutputId, changes: Partial<CampaignInputs>, terms?: HourlyTerms): Spread {
  const model = new CampaignModel(terms ?? flatTerms());
  const inputs = plainInputs({ people: PEOPLE, ...changes });
  return spreadOf(scores.map((chanceHours) => model.run({ ...inputs, chanceHours })[id]));
}

/** Within four standard errors of the mean, and the deviation as near as so many draws tell. */
function expectSpread(found: Spread, mean: number, sd: number): void {
  expect(Math.abs(found.mean - mean)).toBeLessThan(4 * (sd / Math.sqrt(DRAWS)) + 1e-6);
  expect(found.sd / sd).toBeGreaterThan(0.93);
  expect(found.sd / sd).toBeLessThan(1.07);
}

test("scores are standard normal, and equal beginnings give equal sequences", () => {
  const chance = new HourChance();
  const take = (score: number): number[] => {
    chance.begin(score);
    return Array.from({ length: 20_000 }, () => chance.normal());
  };
  const { mean, sd } = spreadOf(take(0.7));
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(20_000));
  expect(sd).toBeCloseTo(1, 1);
  expect(take(0.7)).toEqual(take(0.7));
  expect(take(0.7)).not.toEqual(take(0.700001));
});

test("a stream takes a binomial number, however its hours are cut; all of it if all come", () => {
  const chance = new HourChance();
  const stream = new Stream();
  const total = (score: number, share: number, hours: number): number => {
    chance.begin(score);
    stream.begin(PEOPLE, share);
    let sum = 0;
    for (let hour = 0; hour < hours; hour++) sum += stream.take(1 / hours, chance);
    return sum;
  };
  for (const hours of [1, 24, 400]) {
    const found = spreadOf(scores.map((score) => total(score, 0.3, hours)));
    expectSpread(found, 0.3 * PEOPLE, Math.sqrt(PEOPLE * 0.3 * 0.7));
    for (const score of scores.slice(0, 20)) expect(total(score, 1, hours)).toBeCloseTo(PEOPLE, 6);
  }
});

test("claims are as many as a binomial has them, and so are they with a tenth held out", () => {
  expectSpread(spread("grants", {}), PEOPLE / 2, Math.sqrt(PEOPLE / 4));
  const held = spread("grants", {}, flatTerms({ holdout: 0.1 }));
  expectSpread(held, PEOPLE * 0.45, Math.sqrt(PEOPLE * 0.45 * 0.55));
});

test("orders are a binomial part of the claims", () => {
  const offers = [{ ...plainOffer, redeemed: 0.6 }];
  expectSpread(spread("orders", { offers }), PEOPLE * 0.3, Math.sqrt(PEOPLE * 0.3 * 0.7));
});

test("further rewards spread as their number a claimer does", () => {
  const given = { invites: 0.2, senders: 0.1, collectors: 0 };
  const offers = [{ ...plainOffer, takeUp: 1 }];
  const inputs = { ...given, offers, inviteDelay: 1 };
  const calm = new CampaignModel(flatTerms()).run(plainInputs({ people: PEOPLE, ...inputs }));
  const { mean, variance } = furtherRewards(given, 1, 21);
  // But for the last hours', whose invites come too late.
  expect(calm.grants).toBeGreaterThan(PEOPLE * (1 + mean) - 15);
  expectSpread(spread("grants", inputs), calm.grants, Math.sqrt(PEOPLE * variance));
});

test("the busiest of many alike hours is busier than their mean", () => {
  const calm = new CampaignModel(flatTerms()).run(plainInputs({ people: PEOPLE })).claimsPeak;
  const { mean } = spread("claimsPeak", {});
  const [each, hours] = [PEOPLE / 2 / 240, 240];
  const expected = each + Math.sqrt(each) * normalScore(1 - 1 / hours);
  expect(calm * 3600).toBeCloseTo(each, 9);
  expect(mean * 3600).toBeGreaterThan(expected * 0.95);
  expect(mean * 3600).toBeLessThan(expected * 1.15);
});

test("a budget runs out earlier or later as claims come: by a bridge, where all come", () => {
  const offers = [{ ...plainOffer, takeUp: 1 }];
  const terms = flatTerms({ budget: (PEOPLE / 2) * 25 });
  const model = new CampaignModel(terms);
  const inputs = plainInputs({ people: PEOPLE, offers });
  const found = spreadOf(
    scores.map((chanceHours) => model.run({ ...inputs, chanceHours }).runOutDays[0]!),
  );
  // Half of them are there after half of the ten days, give or take sqrt(n / 4) people.
  const perDay = PEOPLE / 10;
  expectSpread(found, 5, Math.sqrt(PEOPLE / 4) / perDay);
});

test("prizes: their mean amount spreads by the table's deviation, and leans as it does", () => {
  const offer = { id: "card", wave: 0, reward: 10, deviation: 40, skewness: 30 };
  const terms = flatTerms({ offers: [{ ...offer, expires: { kind: "at", hours: 480 } }] });
  const model = new CampaignModel(terms);
  const granted = scores.map((chanceReward) => {
    const offers = [{ ...plainOffer, takeUp: 0.5, chanceReward }];
    return model.run(plainInputs({ people: PEOPLE, offers })).granted;
  });
  const { mean, sd } = spreadOf(granted);
  const grants = PEOPLE / 2;
  expectSpread({ mean, sd }, grants * 10, Math.sqrt(grants) * 40);
  const third = granted.reduce((sum, money) => sum + ((money - mean) / sd) ** 3, 0) / DRAWS;
  expect(third).toBeGreaterThan(0.9 * (30 / Math.sqrt(grants)));
  expect(third).toBeLessThan(1.1 * (30 / Math.sqrt(grants)));
});

test("of prizes whose sum is the budget, chance decides which are spent", () => {
  const { waves, offers } = flatTerms();
  const terms = flatTerms({
    waves: [{ ...waves[0]!, budget: 20_000 }],
    offers: [{ ...offers[0]!, reward: 10, deviation: 40, skewness: 30 }],
  });
  const changes = { offers: [{ ...plainOffer, takeUp: 1, redeemed: 0.5 }] };
  const granted = spread("granted", changes, terms);
  expect(granted.mean).toBeCloseTo(20_000, 6);
  expect(granted.sd).toBeLessThan(1e-6);
  // 2,000 of them, each spent or not: the variance of one is p (1 - p) times its mean square.
  const variance = 2_000 * 0.25 * (10 ** 2 + 40 ** 2);
  expectSpread(spread("spent", changes, terms), 10_000, Math.sqrt(variance));
});

test("who stays: brought, lifted, there anyway, known before, each by a chance of its own", () => {
  const shares = { organic: 0.4, d30: 0.2, lift: 0.05, existing: 2_000, existingLift: 0.1 };
  const model = new CampaignModel(flatTerms());
  const inputs = plainInputs({ people: PEOPLE, offers: [{ ...plainOffer, takeUp: 1 }], ...shares });
  const at = (changes: Partial<CampaignInputs>): Readonly<CampaignOutputs> =>
    ({ ...model.run({ ...inputs, ...changes }) }) as CampaignOutputs;
  const none = at({});
  const binomial = (n: number, p: number): number => Math.sqrt(n * p * (1 - p));
  const [brought, lifted] = [binomial(PEOPLE, 0.6 * 0.2), binomial(PEOPLE, 0.4 * 0.05)];
  expect(at({ chanceKept: 1 }).kept - none.kept).toBeCloseTo(brought, 9);
  expect(at({ chanceLift: 1 }).kept - none.kept).toBeCloseTo(lifted, 9);
  expect(at({ chanceExisting: 1 }).kept - none.kept).toBeCloseTo(binomial(2_000, 0.1), 9);
  expect(at({ chanceStay: 1 }).kept).toBeCloseTo(none.kept, 9);
  const anyway = binomial(PEOPLE, 0.4 * 0.15);
  expect(at({ chanceStay: 1 }).active30 - none.active30).toBeCloseTo(anyway, 9);
  const { keptOfWave, kept } = at({ chanceKept: 1.5, chanceExisting: -1 });
  expect(keptOfWave[0]).toBeCloseTo(kept, 9);
});

test("among so many people that it cannot be seen, chance is left out", () => {
  const model = new CampaignModel(flatTerms());
  const run = (people: number, chanceHours: number): number =>
    model.run(plainInputs({ people, chanceHours })).grants;
  expect(run(CHANCE_PEOPLE_MOST + 1, 1)).toBe(run(CHANCE_PEOPLE_MOST + 1, 0));
  expect(run(CHANCE_PEOPLE_MOST, 1)).not.toBe(run(CHANCE_PEOPLE_MOST, 0));
});
