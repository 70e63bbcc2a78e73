// Who is told when to come again is granted then, if nothing else happens meanwhile; and he would
// not have been a millisecond before.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CurvePoint, OfferDefinition } from "../definition.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../unit-campaign.fixture.ts";

/** Further ahead a curve that is spread each hour is not followed. */
const FAR_MS = 167 * HOUR_MS;

/** Cumulative shares at some hours of nine days, all released at last. */
const curve: fc.Arbitrary<CurvePoint[]> = fc
  .array(fc.record({ hours: fc.integer({ min: 1, max: 60 }), weight: fc.nat(5) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    const total = steps.reduce((sum, { weight }) => sum + weight, 0) || 1;
    let [atMs, sum] = [0, 0];
    const points = steps.map(({ hours, weight }) => {
      sum += weight;
      atMs += hours * HOUR_MS - 1;
      return { atMs, share: sum / total };
    });
    return [{ atMs: 0, share: 0 }, ...points.slice(0, -1), { ...points.at(-1)!, share: 1 }];
  });

const step = fc.record({
  what: fc.constantFrom("claim", "claim", "cancel", "wait"),
  pick: fc.nat(9),
  waitMs: fc.constantFrom(1, 61_000, HOUR_MS, 5 * HOUR_MS + 17),
});

const [CARD] = DEFINITION.offers;
/** One kind that expires soon, so that money settles; and one that stays. */
const OFFERS: OfferDefinition[] = [
  { ...CARD!, expiry: { kind: "after", afterMs: HOUR_MS } },
  { ...CARD!, id: "late", expiry: { kind: "at", atMs: 19 * DAY_MS } },
];

function paced(points: CurvePoint[], unused: "now" | "spread", limit: number): UnitLedger {
  const money = { dimension: "wave:all", counts: "money", refund: false } as const;
  return new UnitLedger({
    budgetMinor: 10_000,
    caps: [cap({ id: "wave-pacing:all", ...money, limit, curve: { points, unused } })],
    offers: OFFERS,
  });
}

/** Goes on to an instant, sweeping whenever something is due. */
function goTo(ledger: UnitLedger, toMs: number): boolean {
  let expired = false;
  for (;;) {
    const dueMs = Math.max(ledger.atMs, ledger.nextSweepAtMs());
    if (dueMs > toMs) break;
    ledger.atMs = dueMs;
    ledger.sweep();
    expired ||= ledger.kinds.includes("expired");
  }
  ledger.atMs = toMs;
  return expired;
}

describe("a claim that comes too early", () => {
  it("is granted when it was told to come again, and not before", () => {
    const tally = { granted: 0, spread: 0, checked: 0 };
    const unused = fc.constantFrom<("now" | "spread")[]>("now", "spread", "spread");
    const limit = fc.integer({ min: 40, max: 400 });
    fc.assert(
      fc.property(curve, unused, limit, fc.array(step, { maxLength: 14 }), (points, ...rest) => {
        const [how, most, steps] = rest;
        const ledger = paced(points, how, most);
        for (const [i, { what, pick, waitMs }] of steps.entries()) {
          if (what === "claim") ledger.claim({ id: `c${i}`, user: `u${i}`, offer: pick % 2 });
          else if (what === "cancel") ledger.cancel({ id: `x${i}`, grant: pick });
          else goTo(ledger, ledger.atMs + waitMs);
        }
        goTo(ledger, ledger.atMs);
        const refused = ledger.claim({ id: "again", user: "ann", offer: 1 });
        if (refused.status !== "paced" || refused.retryAtMs === 0) return;
        const isFar = refused.retryAtMs - ledger.atMs > FAR_MS;
        // Grants that expire meanwhile are something else that happens.
        if (goTo(ledger, refused.retryAtMs - 1)) return;
        tally.checked += 1;
        expect(ledger.claim({ id: "again", user: "ann", offer: 1 }).status).toBe("paced");
        goTo(ledger, refused.retryAtMs);
        const { status } = ledger.claim({ id: "again", user: "ann", offer: 1 });
        if (!isFar) expect(status).toBe("granted");
        if (how === "spread") tally.spread += 1;
        if (status === "granted") tally.granted += 1;
      }),
      { numRuns: 2000, seed: 20_260_206 },
    );
    expect(tally.granted).toBeGreaterThan(300);
    expect(tally.spread).toBeGreaterThan(200);
  });
});
