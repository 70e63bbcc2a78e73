// Who asks and who gets, against closed forms.
import { expect, test } from "vitest";
import { DAYS, flatTerms, plainInputs, plainOffer } from "./campaign.fixture.ts";
import { CampaignModel } from "./campaign.ts";
import { furtherRewards } from "./further-rewards.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { HourlyTerms, WaveCurves } from "./terms.ts";
import { retainedAt, retentionThrough } from "./two-point-retention.ts";

const run = (terms = flatTerms(), inputs = plainInputs()) => new CampaignModel(terms).run(inputs);

/** The sums themselves, term by term. */
function summed(wanted: number, senders: number, collectors: number, cap: number) {
  const q = 1 - senders / wanted;
  let [mean, square, full] = [collectors * cap, collectors * cap ** 2, collectors];
  for (let count = 1; count < 5_000; count++) {
    const share = senders * (1 - q) * q ** (count - 1);
    const got = Math.min(count, cap);
    mean += share * got;
    square += share * got ** 2;
    if (count >= cap) full += share;
  }
  return { mean, variance: square - mean ** 2, full };
}

test.each([
  [0.15, 0.115, 0, 21],
  [0.15, 0.115, 0.0005, 3],
  [0.5, 0.2, 0.01, 2],
  [1.2, 1, 0, 6],
  [0.4, 0.8, 0, 4],
])("further rewards of %f invites, %f senders, %f collectors under a cap of %i", (...given) => {
  const [invites, senders, collectors, most] = given;
  const found = furtherRewards({ invites, senders, collectors }, 1, most);
  const wanted = summed(2 * invites, senders, collectors, most - 1);
  expect(found.mean).toBeCloseTo(wanted.mean, 9);
  expect(found.variance).toBeCloseTo(wanted.variance, 9);
  expect(found.full).toBeCloseTo(wanted.full, 9);
  expect(found.mean + found.beyond).toBeCloseTo(2 * invites + collectors * (most - 1), 9);
});

test("without senders the numbers fall off from none on, without a cap nothing is cut", () => {
  const plain = { invites: 0.3, senders: null, collectors: 0.1 };
  const { mean, variance, beyond, full } = furtherRewards(plain, 1, Number.POSITIVE_INFINITY);
  expect([mean, beyond, full]).toEqual([0.6, 0, 0]);
  expect(variance).toBeCloseTo(0.6 * 1.6, 12);
});

test("half rewarded by invites is half of them; a cap of one is none", () => {
  const plain = { invites: 0.3, senders: null, collectors: 0 };
  const endless = Number.POSITIVE_INFINITY;
  expect(furtherRewards(plain, 0.5, endless).mean).toBeCloseTo(0.3, 12);
  expect(furtherRewards(plain, 1, 1)).toMatchObject({ mean: 0, variance: 0, full: 1 });
});

test("who is held out comes, asks, and gets nothing", () => {
  const inputs = plainInputs({ organic: 0.4, lift: 0.02 });
  const out = run(flatTerms({ holdout: 0.1 }), inputs);
  expect(out.people).toBe(1e6);
  expect(out.claims).toBeCloseTo(5e5, 3);
  expect(out.rewarded).toBeCloseTo(4.5e5, 3);
  const active = 4.5e5 * 0.128 + 5.5e5 * 0.108;
  expect(out.active30).toBeCloseTo(active, 3);
  expect(out.kept).toBeCloseTo(0.6 * active + 0.4 * 4.5e5 * 0.02, 3);
});

test("bots take a share of the grants on top, and spend what is resold", () => {
  const out = run(flatTerms(), plainInputs({ abuse: 0.2, resold: 0.3 }));
  expect(out.grants).toBeCloseTo(5e5 / 0.8, 3);
  expect(out.orders).toBeCloseTo(5e5 + (5e5 / 0.8) * 0.2 * 0.3, 3);
  expect(out.rewarded).toBeCloseTo(5e5, 3);
  const own = plainInputs({ abuse: 0.5, offers: [{ ...plainOffer, abuse: 0.2 }] });
  expect(run(flatTerms(), own).grants).toBeCloseTo(5e5 / 0.8, 3);
});

test("what is sent twice, and what the refused try in vain, is load and nothing else", () => {
  const plain = run(flatTerms(), plainInputs());
  const more = run(flatTerms(), plainInputs({ repeats: 0.1, taps: 3 }));
  expect(more.claims).toBeCloseTo(1.1 * plain.claims, 3);
  expect(more.grants).toBeCloseTo(plain.grants, 6);
  const none = flatTerms({ budget: 0 });
  const refused = run(none, plainInputs({ repeats: 0.1, taps: 3 }));
  expect(refused.claims).toBeCloseTo(5e5 * (1.1 + 3), 3);
  expect(refused.refused).toBeCloseTo(5e5, 3);
});

test("who asks again every hour asks a geometric number of times", () => {
  const out = run(flatTerms({ budget: 0 }), plainInputs({ retry: 0.5 }));
  // The last hours' refused find the wave over.
  expect(out.refused).toBeLessThan(1e6);
  expect(out.refused).toBeGreaterThan(1e6 * (1 - 1 / (DAYS * 12)));
});

/** A wave that has nothing for anybody, and one a week later that has. */
function secondChance(changes: Partial<CampaignInputs>, first = 0) {
  const wave = { budget: 1e9, released: null };
  const terms: HourlyTerms = flatTerms({
    waves: [
      { id: "one", fromHour: 0, toHour: 24, ...wave, budget: first },
      { id: "two", fromHour: 24 * 7, toHour: 24 * 8, ...wave },
    ],
    offers: [0, 1].map((index) => ({
      ...{ id: `card-${index}`, wave: index, reward: 25 },
      expires: { kind: "at" as const, hours: 24 * 20 },
    })),
  });
  const offers = [plainOffer, { ...plainOffer, returning: 0.3 }];
  const waves = [
    { weight: 1, halfLife: 1e12 },
    { weight: 0, halfLife: 1e12 },
  ];
  return run(terms, plainInputs({ waves, offers, ...changes }));
}

test("who got nothing and comes back for a later wave is rewarded then", () => {
  const out = secondChance({});
  expect(out.grants).toBeCloseTo(3e5, 3);
  expect(out.rewarded).toBeCloseTo(3e5, 3);
  expect(out.rewardedOfWave[0]).toBeCloseTo(3e5, 3);
  // Where all had one, coming back makes nobody new.
  const all = secondChance({ offers: [plainOffer, { ...plainOffer, returning: 0.3 }] }, 1e9);
  expect(all.grants).toBeCloseTo(5e5 + 3e5, 3);
  // Half did not ask at first; of those who come back half had none.
  expect(all.rewarded).toBeCloseTo(5e5 + 1.5e5, 3);
});

test("of those who come back, who came last weighs more: as retention says", () => {
  const first = 0.5 * 12.5e6;
  const wave = { budget: 1e9, released: null };
  const terms = flatTerms({
    waves: [
      // Two days: money for who comes on the first.
      { id: "one", fromHour: 0, toHour: 48, ...wave, budget: 2 * first },
      { id: "two", fromHour: 24 * 8, toHour: 24 * 9, ...wave },
    ],
    offers: [0, 1].map((index) => ({
      ...{ id: `card-${index}`, wave: index, reward: 25 },
      expires: { kind: "at" as const, hours: 24 * 20 },
    })),
  });
  const claims = { ...plainOffer, takeUp: 1 };
  const waves = [
    { weight: 1, halfLife: 1e12 },
    { weight: 0, halfLife: 1e12 },
  ];
  const offers = [claims, { ...claims, returning: 0.2 }];
  const out = run(terms, plainInputs({ waves, offers }));
  const shape = retentionThrough(0.65, 0.128);
  const [early, late] = [retainedAt(shape, 8), retainedAt(shape, 7)];
  expect(out.rewarded).toBeCloseTo(5e5 + (2e5 * late) / (early + late), 0);
});

test("known hours are kept: each kind of claim comes when its curve says", () => {
  const hours = 24 * DAYS;
  const at = (hour: number): Float64Array =>
    Float64Array.from({ length: hours }, (_, i) => (i === hour ? 1 : 0));
  const curves: WaveCurves = { arrivals: at(3), known: at(50), further: at(60), bots: at(0) };
  const wave = { id: "cards", fromHour: 0, toHour: hours, budget: 1e9, released: null, curves };
  const terms = flatTerms({ waves: [wave] });
  const inputs = plainInputs({ existing: 1e5, invites: 0.1, abuse: 0.1 });
  const out = run(terms, { ...inputs, offers: [{ ...plainOffer, delay: 1e-3 }] });
  const humans = 5.5e5 * (1 + 0.2);
  expect(out.grants).toBeCloseTo(humans / 0.9, 2);
  const orders = (hour: number): number =>
    out.ordersByHour[hour]! - (out.ordersByHour[hour - 1] ?? 0);
  expect(orders(0)).toBeCloseTo((humans / 0.9) * 0.1, 2);
  expect(orders(3)).toBeCloseTo(5e5, 2);
  expect(orders(50)).toBeCloseTo(5e4, 2);
  expect(orders(60)).toBeCloseTo(5.5e5 * 0.2, 2);
});
