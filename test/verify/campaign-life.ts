// Two campaigns lived through from opening to close, so that a journal holds every kind of event:
// the golden journals are made of it, and verify is tried on it, whole and forged.
import type { DrivenClock, Engine, MoneyAnswers, MoneyInputs } from "../../src/host/index.ts";
import { execute } from "../../src/host/index.ts";

const HOUR_MS = 3_600_000;

/** Two days of it are odd: 29 March 2026 has 23 hours in Berlin. */
const SPRING = `campaign: spring
title: Spring in Berlin
currency: EUR
timeZone: Europe/Berlin
budget: 1500.00
starts: 2026-03-28T00:00:00+01:00
ends: 2026-04-03T00:00:00+02:00
closes: 2026-05-01T00:00:00+02:00
settlingLag: 24h
waves:
  - { id: one, from: 2026-03-28T00:00:00+01:00, to: 2026-03-31T00:00:00+02:00, budget: 1100.00 }
  - { id: two, from: 2026-03-31T00:00:00+02:00, to: 2026-04-03T00:00:00+02:00, budget: 400.00 }
offers:
  - { id: card, wave: one, reward: { fixed: 25.00 }, expires: { at: 2026-04-01T00:00:00+02:00 } }
  - id: luck
    wave: one
    reward:
      table: [{ amount: 88.00, odds: 1 }, { amount: 2.88, odds: 9 }, { amount: 0.88, odds: 30 }]
    expires: { after: 48h }
  - { id: known, wave: two, reward: { fixed: 10.00 }, expires: { after: 1d }, audience: members }
  - { id: late, wave: two, reward: { fixed: 5.00 }, expires: { at: 2026-04-20T00:00:00+02:00 } }
attributes: [device, ip, region, merchant, till, note]
caps:
  - { id: all-grants, of: campaign, counts: grants, limit: 400 }
  - { id: waves-money, of: wave, counts: money, limit: 1200.00 }
  - { id: offer-stock, of: offer, counts: grants, limit: 150 }
  - { id: luck-day, of: "offer:luck", counts: grants, per: day, limit: 60 }
  - { id: user-money, of: user, counts: money, limit: 120.00 }
  - { id: user-grants, of: user, counts: grants, limit: 6 }
  - { id: user-day, of: user, counts: grants, per: day, limit: 4 }
  - { id: device-hour, of: device, counts: grants, per: hour, limit: 3 }
  - { id: ip-minute, of: ip, counts: grants, per: minute, limit: 12, missing: skip }
  - { id: region-money, of: region, counts: money, limit: 900.00, missing: shared }
  - { id: region-day, of: region, counts: grants, per: day, limit: 60, missing: skip }
  - id: merchant-hour
    of: merchant
    counts: money
    per: hour
    limit: 300.00
    on: redemption
    refund: yes
    missing: shared
  - { id: till-day, of: till, counts: grants, per: day, limit: 20, on: redemption, missing: skip }
  - { id: user-redeemed, of: user, counts: money, limit: 110.00, on: redemption }
holdout: { share: 20 % }
audiences: [{ id: members, holdout: 30 % }]
lists: [invited]
`;

/** Arms given by the caller, two variants, a masked holdout, a currency without decimals. */
const TRIAL = `campaign: trial
title: A trial with given arms
currency: JPY
timeZone: Asia/Tokyo
budget: 5000
starts: 2026-03-28T00:00:00+01:00
ends: 2026-04-03T00:00:00+02:00
closes: 2026-04-20T00:00:00+02:00
settlingLag: 0h
assignment: given
fourEyes: true
holdout: { share: 30 %, masked: true }
variants: [{ id: small, share: 0.5 }, { id: large, share: 0.5 }]
offers:
  - { id: hundred, reward: { fixed: 100 }, expires: { after: 24h } }
`;

type Claimed = MoneyAnswers["claim"];

/** Drives one engine after another through the campaigns; remembers what callers would. */
export class CampaignLife {
  engine: Engine;
  private readonly clock: DrivenClock;
  /** What was claimed, by claim id. */
  readonly inputs: Map<string, MoneyInputs["claim"]> = new Map();
  /** Grant ids by claim id. */
  readonly grants: Map<string, string> = new Map();
  readonly claims: Map<string, Claimed> = new Map();

  constructor(engine: Engine, clock: DrivenClock) {
    this.engine = engine;
    this.clock = clock;
  }

  async at(time: string): Promise<void> {
    this.clock.set(Date.parse(time));
    await this.engine.tick();
  }

  async open(yaml: string): Promise<void> {
    const answer = await execute(this.engine, "campaign.open", {
      params: {},
      query: null,
      body: { yaml },
    });
    if (answer.status !== "opened") throw new Error(`opened expected, got ${answer.status}`);
  }

  async phase(campaign: string, change: "pause" | "resume" | "end" | "close"): Promise<void> {
    const call = { params: { campaign }, query: null, body: {} };
    const answer = await execute(this.engine, `campaign.${change}`, call);
    if (answer.status !== "ok") throw new Error(`ok expected, got ${answer.status}`);
  }

  /** Puts a changed file in force. */
  async revise(yaml: string, version: number, moveExpiry: string[]): Promise<void> {
    const expected = yaml.includes("fourEyes: true") ? "proposed" : "revised";
    const campaign = /^campaign: (.+)$/m.exec(yaml)![1]!;
    const body = { yaml, version, why: "as the second day showed", moveExpiry };
    const answer = await execute(this.engine, "campaign.revise", {
      ...{ params: { campaign }, query: null, body },
    });
    if (answer.status !== expected) throw new Error(`${expected} expected, got ${answer.status}`);
  }

  /** Consents to a proposal, or takes it back, with the key of somebody else. */
  async consent(campaign: string, version: number, why: string | null): Promise<void> {
    const call = { params: { campaign }, query: null, by: "hb_other" };
    const shown = await execute(this.engine, "campaign.show", { ...call, body: null });
    const { digest } = shown.books!.proposal!;
    const answer =
      why === null
        ? await execute(this.engine, "campaign.approve", { ...call, body: { version, digest } })
        : await execute(this.engine, "campaign.reject", {
            ...call,
            body: { version, digest, why },
          });
    const expected = why === null ? "revised" : "rejected";
    if (answer.status !== expected) throw new Error(`${expected} expected, got ${answer.status}`);
  }

  async members(users: string[]): Promise<void> {
    const params = { campaign: "spring", audience: "members" };
    await execute(this.engine, "audience.assign", { params, query: null, body: { users } });
  }

  async list(list: string, users: string[]): Promise<void> {
    const body = { import: `of ${list}`, part: 0, users, done: true };
    const call = { params: { campaign: "spring", list }, query: null, body };
    const answer = await execute(this.engine, "list.import", call);
    if (answer.status !== "listed") throw new Error(`listed expected, got ${answer.status}`);
  }

  async show(user: string): Promise<void> {
    const params = { campaign: "spring", user };
    await execute(this.engine, "offers.list", { params, query: {}, body: null });
  }

  async claim(
    campaign: string,
    id: string,
    user: string,
    offer: string,
    more: { attributes?: Record<string, string>; variant?: string; ref?: string } = {},
  ): Promise<Claimed["status"]> {
    const input = { id, user, offer, ...more };
    const answer = await this.engine.money("claim", campaign, input);
    this.inputs.set(id, input);
    if (answer.grant !== undefined) this.grants.set(id, answer.grant);
    this.claims.set(id, answer);
    return answer.status;
  }

  async redeem(
    campaign: string,
    id: string,
    claim: string,
    more: { amountMinor?: number; attributes?: Record<string, string>; paidAtMs?: number } = {},
  ): Promise<MoneyAnswers["redeem"]["status"]> {
    const grant = this.grants.get(claim) ?? "none";
    return (await this.engine.money("redeem", campaign, { id, grant, ...more })).status;
  }

  async cancel(id: string, claim: string): Promise<MoneyAnswers["cancel"]["status"]> {
    const grant = this.grants.get(claim) ?? "none";
    return (await this.engine.money("cancel", "spring", { id, grant })).status;
  }

  async reverse(id: string, redemption: string): Promise<MoneyAnswers["reverse"]["status"]> {
    return (await this.engine.money("reverse", "spring", { id, redemption })).status;
  }
}

const USERS = Array.from({ length: 40 }, (_, i) => `user-${i}`);

/** From the opening to the middle of the first wave. Ends with money on its way everywhere. */
export async function firstHalf(life: CampaignLife): Promise<void> {
  await life.open(SPRING);
  await life.open(TRIAL);
  await life.members(["user-0", "user-1", "user-2", "user-3", "user-4", "user-5"]);
  await life.at("2026-03-28T09:00:00+01:00");
  for (const user of USERS.slice(0, 12)) await life.show(user);
  for (const [i, user] of USERS.entries()) {
    const attributes: Record<string, string> = { device: `device-${i >> 1}` };
    if (i % 3 !== 0) attributes.ip = `ip-${i % 5}`;
    if (i % 4 !== 0) attributes.region = i % 2 === 0 ? "north" : "south";
    if (i % 5 === 0) attributes.note = "seen in a shop";
    const ref = i % 7 === 0 ? { ref: `order ${i} — ünïcode` } : {};
    await life.claim("spring", `card-${i}`, user, "card", { attributes, ...ref });
    await life.claim("spring", `luck-${i}`, user, "luck", { attributes });
  }
  for (const [i, user] of USERS.entries()) {
    if (i % 4 === 3) await life.claim("spring", `no-device-${i}`, user, "card");
  }
  await life.at("2026-03-28T21:30:00+01:00");
  const merchant = { merchant: "bakery", till: "till-1" };
  for (let i = 0; i < 40; i += 3) await life.redeem("spring", `whole-${i}`, `card-${i}`);
  for (let i = 1; i < 40; i += 3) {
    const more = { amountMinor: 1000, attributes: merchant, paidAtMs: Date.UTC(2026, 2, 28, 20) };
    await life.redeem("spring", `part-a-${i}`, `card-${i}`, more);
    await life.redeem("spring", `part-b-${i}`, `card-${i}`, { amountMinor: 500 });
  }
  for (const i of [2, 5, 8, 11, 14]) await life.cancel(`cancel-${i}`, `card-${i}`);
  await life.cancel("cancel-4", "card-4");
  await life.cancel("cancel-7", "card-7");
  for (let i = 0; i < 40; i += 5) await life.cancel(`cancel-luck-${i}`, `luck-${i}`);
  await life.reverse("reverse-7a", "part-a-7");
  await life.reverse("reverse-7b", "part-b-7");
  await life.reverse("reverse-9", "whole-9");
  await life.redeem("spring", "again-9", "card-9", { amountMinor: 2000 });
  await life.phase("spring", "pause");
  await life.claim("spring", "paused", "user-1", "card");
  await life.redeem("spring", "while-paused", "luck-1");
  await life.phase("spring", "resume");
  for (const [i, variant] of ["small", "large", "holdout", "small"].entries()) {
    await life.claim("trial", `trial-${i}`, `user-${i}`, "hundred", { variant });
    await life.claim("trial", `trial-more-${i}`, `user-${i}`, "hundred", { variant });
  }
  await life.redeem("trial", "trial-redeemed", "trial-0", { amountMinor: 40 });
}

/** Between the halves: more money, other limits, odds and expiry, one more cap, one more offer. */
export async function revisions(life: CampaignLife): Promise<void> {
  const more = SPRING.replace("budget: 1500.00", "budget: 1600.00")
    .replace("{ after: 48h }", "{ after: 60h }")
    .replace("limit: 120.00", "limit: 150.00");
  await life.revise(more, 1, ["luck"]);
  const luckier = more
    .replace("amount: 2.88, odds: 9", "amount: 3.88, odds: 12")
    .replace(
      "holdout: {",
      "  - { id: offer-day, of: offer, counts: grants, per: day, limit: 90 }\nholdout: {",
    )
    .replace(
      "attributes:",
      "  - { id: extra, wave: two, reward: { fixed: 1.00 }, expires: { after: 2h } }\nattributes:",
    );
  await life.revise(luckier, 2, []);
  await life.list("invited", ["user-1", "user-2"]);
  await life.claim("spring", "extra-early", "user-30", "extra", { attributes: { device: "d" } });
  await life.revise(TRIAL.replace("budget: 5000", "budget: 4000"), 1, []);
  await life.consent("trial", 1, "too little for the second week");
  await life.revise(TRIAL.replace("budget: 5000", "budget: 6000"), 1, []);
  await life.consent("trial", 1, null);
}

/** The short day, the second wave, expiry, settling, late reversals, the end and the close. */
export async function secondHalf(life: CampaignLife): Promise<void> {
  for (let hour = 0; hour < 4; hour++) {
    await life.at(new Date(Date.UTC(2026, 2, 28, 22) + hour * HOUR_MS).toISOString());
    for (let i = 0; i < 12; i++) {
      const attributes = { device: `device-${i}`, ip: "ip-night" };
      await life.claim("spring", `night-${hour}-${i}`, `user-${i}`, "luck", { attributes });
    }
  }
  await life.cancel("cancel-night", "night-0-1");
  await life.at("2026-03-29T23:30:00+02:00");
  for (let i = 8; i < 24; i++) {
    const attributes = { device: `device-${i}` };
    await life.claim("spring", `sunday-${i}`, `user-${i}`, "card", { attributes });
  }
  await life.redeem("spring", "sunday-redeemed", "sunday-9", { attributes: { till: "till-2" } });
  await life.at("2026-03-30T10:00:00+02:00");
  await life.cancel("cancel-sunday", "sunday-10");
  await life.at("2026-03-31T12:00:00+02:00");
  for (let i = 0; i < 10; i++) {
    const attributes = { device: `device-${i}`, region: "east" };
    await life.claim("spring", `known-${i}`, `user-${i}`, "known", { attributes });
    await life.claim("spring", `late-${i}`, `user-${i}`, "late", { attributes });
  }
  await life.redeem("spring", "known-0-redeemed", "known-0");
  await life.redeem("spring", "known-1-redeemed", "known-1", { amountMinor: 400 });
  await life.at("2026-04-01T00:00:00+02:00");
  await life.reverse("late-reversal-1", "part-a-1");
  await life.reverse("late-reversal-0", "whole-0");
  await life.reverse("late-reversal-3", "whole-3");
  await life.at("2026-04-02T10:00:00+02:00");
  await life.claim("spring", "new-user", "user-99", "late", { attributes: { device: "new" } });
  await life.at("2026-04-03T09:00:00+02:00");
  await life.phase("spring", "end");
  await life.at("2026-04-20T00:00:00+02:00");
  await life.at("2026-04-22T00:00:00+02:00");
  await life.phase("trial", "end");
  await life.phase("trial", "close");
  await life.phase("spring", "close");
  await life.reverse("after-close", "sunday-redeemed");
}
