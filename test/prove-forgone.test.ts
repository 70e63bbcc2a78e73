// What held-out users forwent is what the engine would have granted, had it charged their caps.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import type { CapDefinition } from "../src/core/definition.ts";
import { UnitLedger } from "../src/core/ledger.fixture.ts";
import { cap, DEFINITION as ENGINE } from "../src/core/unit-campaign.fixture.ts";
import { OwnCaps } from "../src/prove/project/forgone-caps.ts";
import { DEFINITION, Journal, KEPT, ProveFolder, type ProveMore } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const DAY_MS = 86_400_000;
const AMOUNTS = [10, 25, 40, 90];
const CAPS: CapDefinition[] = [
  cap({ id: "user-rewards", limit: 14 }),
  cap({ id: "user-day", per: "day", limit: 4 }),
  cap({ id: "user-hour", per: "hour", limit: 2 }),
  cap({ id: "user-money", counts: "money", limit: 400 }),
  cap({ id: "user-day-money", counts: "money", per: "day", limit: 120 }),
  // Shared with others, or charged later: no user's own.
  cap({ id: "device", dimension: "device", limit: 1, missing: "skip" }),
  cap({ id: "spent", limit: 1, on: "redemption" }),
];

interface Claim {
  readonly atMs: number;
  readonly offer: number;
}

/** Claims of one user, in the order of time. */
function claimsOf(seed: number): Claim[] {
  const stream = randomStream(seed, "claims");
  return Array.from({ length: 60 }, () => ({
    atMs: Math.floor(8 * DAY_MS * stream.nextFloat() ** 2),
    offer: stream.nextInt(AMOUNTS.length),
  })).sort((a, b) => a.atMs - b.atMs);
}

const OFFERS = AMOUNTS.map((amountMinor, i) => ({
  ...{ ...ENGINE.offers[0]!, id: `offer-${i}` },
  reward: { kind: "fixed" as const, amountMinor },
}));

/** What the engine grants one treated user. */
function granted(claims: readonly Claim[], caps: CapDefinition[]): boolean[] {
  const ledger = new UnitLedger({ caps, offers: OFFERS, budgetMinor: 1e6 });
  return claims.map(({ atMs, offer }, i) => {
    ledger.atMs = atMs;
    return ledger.claim({ id: `${i}`, user: "u", offer }).status === "granted";
  });
}

const sumOf = (claims: readonly Claim[], taken: readonly boolean[]): number =>
  claims.reduce((sum, { offer }, i) => sum + (taken[i] ? AMOUNTS[offer]! : 0), 0);

describe("a user's own caps", () => {
  it("grant the same claims as the engine, whichever of them stops", () => {
    let stopped = 0;
    for (let seed = 0; seed < 40; seed++) {
      const claims = claimsOf(seed);
      for (const caps of [CAPS, CAPS.slice(1, 3), CAPS.slice(3, 5), []]) {
        const own = new OwnCaps({ caps, dayStartsMs: ENGINE.dayStartsMs });
        const mine = claims.map(({ offer, atMs }) => own.grants(AMOUNTS[offer]!, atMs));
        expect(mine).toEqual(granted(claims, caps));
        stopped += mine.filter((taken) => !taken).length;
      }
    }
    expect(stopped).toBeGreaterThan(1000);
  });
});

describe("what held-out users forwent", () => {
  const forgone = async (users: readonly (readonly Claim[])[], caps: CapDefinition[]) => {
    const journal = new Journal();
    for (const [i, claims] of users.entries()) {
      journal.assign(`u${i}`, 0);
      for (const { atMs, offer } of claims) {
        const would = { wouldStatus: "granted", amountMinor: AMOUNTS[offer]! };
        journal.emit("withheld", `u${i}`, { atMs, ...would });
      }
      // Refused by something else: no cap of his own is charged.
      const refused = { wouldStatus: "budget_exhausted", amountMinor: 90 };
      journal.emit("withheld", `u${i}`, { atMs: 9 * DAY_MS, ...refused });
      journal.assign(`t${i}`, 1);
    }
    const rows = users.flatMap((_, i) => [`u${i},${i % 2}`, `t${i},${(i + 1) % 2}`]);
    const outcomes = { file: await folder.lines(["user,kept", ...rows]), user: "user" };
    const sources = { events: await folder.events(journal), outcomes };
    const definition = { ...DEFINITION, startsAtMs: 0, caps, dayStartsMs: ENGINE.dayStartsMs };
    const more: ProveMore = { definition };
    const { money } = await folder.prove({ plan: { metrics: [KEPT] }, sources }, more);
    const held = money.find(({ arm }) => arm === "holdout")!;
    return [held.forgoneMinor, held.askers];
  };

  it("is summed within their caps, as the engine would have charged them", async () => {
    const users = [...Array.from({ length: 12 }, (_, i) => claimsOf(i)), claimsOf(99).slice(0, 2)];
    const all = users.reduce(
      (sum, claims) =>
        sum +
        sumOf(
          claims,
          claims.map(() => true),
        ),
      0,
    );
    const due = users.reduce((sum, claims) => sum + sumOf(claims, granted(claims, CAPS)), 0);
    expect(due).toBeLessThan(all / 2);
    expect(await forgone(users, CAPS)).toEqual([due, users.length]);
    expect(await forgone(users, [])).toEqual([all, users.length]);
  });
});
