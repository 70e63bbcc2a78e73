// Curves: monotone, exact at their ends, and inverted to the millisecond; and what claims meet.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CapDefinition, CurveDefinition, CurvePoint } from "../definition.ts";
import { UnitLedger } from "../ledger.fixture.ts";
import { cap, DAY_MS, HOUR_MS } from "../unit-campaign.fixture.ts";
import { Pace, shareAt } from "./pace.ts";

const points = (...list: [atMs: number, share: number][]): CurvePoint[] =>
  list.map(([atMs, share]) => ({ atMs, share }));

function pacing(curve: CurveDefinition, limit = 100): CapDefinition {
  const money = { dimension: "wave:all", counts: "money", refund: false } as const;
  return cap({ id: "wave-pacing:all", ...money, limit, curve });
}

describe("a curve", () => {
  const curve = points([1000, 0.25], [2000, 0.5], [4000, 1]);

  it("releases nothing before its first point, and in proportion between two", () => {
    const at = [0, 999, 1000, 1500, 2000, 3000, 4000, 9000].map((ms) => shareAt(curve, ms));
    expect(at).toEqual([0, 0, 0.25, 0.375, 0.5, 0.75, 1, 1]);
  });

  const anyCurve = fc
    .array(fc.record({ gap: fc.integer({ min: 1, max: 9e7 }), weight: fc.nat({ max: 1000 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((steps) => {
      const total = steps.reduce((sum, { weight }) => sum + weight, 0) || 1;
      let [atMs, sum] = [1000, 0];
      const list = steps.map(({ gap, weight }) => {
        atMs += gap;
        sum += weight;
        return { atMs, share: Math.min(1, sum / total) };
      });
      list[list.length - 1]!.share = 1;
      return list;
    });

  it("is monotone, ends at exactly its limit, and is inverted to the millisecond", () => {
    fc.assert(
      fc.property(
        anyCurve,
        fc.integer({ min: 1, max: 2 ** 52 }),
        fc.integer({ min: 0, max: 3e8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, limit, fromMs, part) => {
          const pace = new Pace({ points: list, unused: "now" }, limit);
          const released = pace.releasedMinor(fromMs);
          const end = list.at(-1)!.atMs;
          expect(pace.releasedMinor(end)).toBe(limit);
          expect(pace.releasedMinor(fromMs + 1)).toBeGreaterThanOrEqual(released);
          const needed = released + Math.ceil(part * (limit - released)) + 0;
          if (needed <= released) return;
          const when = pace.whenReleased(needed, fromMs);
          expect(when).toBeGreaterThan(fromMs);
          expect(pace.releasedMinor(when)).toBeGreaterThanOrEqual(needed);
          expect(pace.releasedMinor(when - 1)).toBeLessThan(needed);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("goes on from where it was revised without a step", () => {
    fc.assert(
      fc.property(
        anyCurve,
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat({ max: 1e9 }),
        fc.nat({ max: 3e8 }),
        (list, limit, back, atMs) => {
          const pace = new Pace({ points: list, unused: "now" }, limit);
          const released = pace.releasedMinor(atMs);
          const restMinor = limit - released + back;
          pace.now = { ...pace.now, fromMs: atMs, baseMinor: released, restMinor };
          const isOver = shareAt(list, atMs) >= 1;
          expect(pace.releasedMinor(atMs)).toBe(isOver ? limit + back : released);
          expect(pace.releasedMinor(list.at(-1)!.atMs + atMs)).toBe(limit + back);
        },
      ),
    );
  });
});

describe("a paced claim", () => {
  const half = { points: points([0, 0.1], [DAY_MS, 0.2], [3 * DAY_MS, 1]), unused: "now" } as const;

  it("is refused with the instant at which it fits, and fits then and not before", () => {
    const ledger = new UnitLedger({ caps: [pacing(half)] });
    expect(ledger.claim({ id: "a", user: "ana" }).status).toBe("granted");
    const refused = ledger.claim({ id: "b", user: "bo" });
    expect(refused).toMatchObject({ status: "paced", cap: 0, retryAtMs: DAY_MS });
    ledger.atMs = refused.retryAtMs - 1;
    expect(ledger.claim({ id: "b", user: "bo" }).status).toBe("paced");
    ledger.atMs = refused.retryAtMs;
    expect(ledger.claim({ id: "b", user: "bo" }).status).toBe("granted");
  });

  it("comes after the caps and before the budget", () => {
    const ledger = new UnitLedger({ caps: [pacing(half, 10), cap({ id: "one" })] });
    expect(ledger.claim({ id: "a", user: "ana" }).status).toBe("paced");
    ledger.atMs = 3 * DAY_MS;
    expect(ledger.claim({ id: "a", user: "ana" }).status).toBe("granted");
    expect(ledger.claim({ id: "b", user: "ana" })).toMatchObject({ status: "cap_reached", cap: 1 });
    const poor = new UnitLedger({ caps: [pacing(half, 10)], budgetMinor: 5 });
    expect(poor.claim({ id: "a", user: "ana" }).status).toBe("paced");
    poor.atMs = 3 * DAY_MS;
    expect(poor.claim({ id: "a", user: "ana" }).status).toBe("budget_exhausted");
  });

  it("consumes no luck", () => {
    const late = { points: points([HOUR_MS, 1]), unused: "now" } as const;
    const ledger = new UnitLedger({ caps: [pacing(late)] });
    const free = new UnitLedger();
    for (let i = 0; i < 3; i++) {
      expect(ledger.claim({ id: "e", user: "ana", offer: 1 }).status).toBe("paced");
    }
    ledger.atMs = HOUR_MS;
    const { amountMinor } = ledger.claim({ id: "e", user: "ana", offer: 1 });
    expect(amountMinor).toBe(free.claim({ id: "e", user: "ana", offer: 1 }).amountMinor);
  });

  it("is not shown among the offers that are open", () => {
    const late = { points: points([HOUR_MS, 1]), unused: "now" } as const;
    const ledger = new UnitLedger({ caps: [pacing(late)] });
    expect(ledger.offers("ana")).toEqual([]);
    ledger.atMs = HOUR_MS;
    expect(ledger.offers("ana")).toEqual([0, 1]);
  });
});

describe("money that comes back", () => {
  it("re-enters the rest of the curve in proportion: no burst, whatever comes back at once", () => {
    const even = { points: points([0, 0], [10 * DAY_MS, 1]), unused: "now" } as const;
    const ledger = new UnitLedger({ budgetMinor: 1000, caps: [pacing(even, 1000)] });
    ledger.atMs = 5 * DAY_MS;
    for (let i = 0; i < 50; i++) ledger.claim({ id: `c${i}`, user: `u${i}` });
    expect(ledger.claim({ id: "next", user: "bo" }).status).toBe("paced");
    for (let i = 0; i < 50; i++) ledger.cancel({ id: `x${i}`, grant: i });
    ledger.sweep();
    expect(ledger.kinds).toEqual(["curve_revised"]);
    expect(ledger.claim({ id: "next", user: "bo" }).status).toBe("paced");
    // 500 of the curve and 500 that came back, over five days: 10 in 72 minutes.
    expect(ledger.claim({ id: "next", user: "bo" }).retryAtMs).toBe(5 * DAY_MS + 72 * 60_000);
    ledger.atMs = 10 * DAY_MS - 1;
    expect(ledger.campaign.caps[0]!.pace!.releasedMinor(10 * DAY_MS)).toBe(1500);
  });

  it("of expired grants waits until it has settled", () => {
    const soon = { points: points([0, 0.5], [9 * DAY_MS, 1]), unused: "now" } as const;
    const ledger = new UnitLedger({ caps: [pacing(soon)] });
    ledger.claim({ id: "a", user: "ana" });
    ledger.atMs = 2 * DAY_MS;
    ledger.sweep();
    expect(ledger.kinds).toEqual(["expired", "swept"]);
    ledger.atMs = 3 * DAY_MS;
    ledger.sweep();
    expect(ledger.kinds).toEqual(["settled", "curve_revised"]);
    expect(ledger.campaign.caps[0]!.pace!.totalMinor).toBe(110);
  });

  it("is written at most once a minute", () => {
    const even = { points: points([0, 0.5], [9 * DAY_MS, 1]), unused: "now" } as const;
    const ledger = new UnitLedger({ caps: [pacing(even)] });
    for (const i of [0, 1]) ledger.claim({ id: `c${i}`, user: "ana" });
    ledger.atMs = HOUR_MS + 1;
    ledger.cancel({ id: "x0", grant: 0 });
    ledger.sweep();
    expect(ledger.kinds).toEqual(["curve_revised"]);
    ledger.cancel({ id: "x1", grant: 1 });
    ledger.sweep();
    expect(ledger.kinds).toEqual([]);
    ledger.atMs = HOUR_MS + 60_000;
    ledger.sweep();
    expect(ledger.kinds).toEqual(["curve_revised"]);
  });
});

describe("money that nobody took", () => {
  const even = points([0, 0], [10 * HOUR_MS, 1]);
  const idleFor5 = (unused: "now" | "spread"): UnitLedger => {
    const ledger = new UnitLedger({ caps: [pacing({ points: even, unused })] });
    ledger.atMs = 5 * HOUR_MS;
    ledger.sweep();
    return ledger;
  };

  it("stays available at once", () => {
    const ledger = idleFor5("now");
    for (let i = 0; i < 5; i++)
      expect(ledger.claim({ id: `${i}`, user: "a" }).status).toBe("granted");
    expect(ledger.claim({ id: "6", user: "a" }).status).toBe("paced");
  });

  it("is spread over the rest, hour by hour, where the curve says so", () => {
    const ledger = idleFor5("spread");
    expect(ledger.kinds).toEqual(["curve_revised"]);
    const refused = ledger.claim({ id: "a", user: "a" });
    // All of 100 is ahead, in five hours.
    expect(refused).toMatchObject({ status: "paced", retryAtMs: 5.5 * HOUR_MS });
  });
});

describe("a revision of a curve", () => {
  it("changes the time ahead only: what was released stays", () => {
    const ledger = new UnitLedger({
      caps: [pacing({ points: points([0, 0.5], [DAY_MS, 1]), unused: "now" })],
    });
    ledger.atMs = HOUR_MS;
    const later = {
      points: points([0, 0], [2 * DAY_MS, 0], [3 * DAY_MS, 1]),
      unused: "now",
    } as const;
    ledger.revise({ caps: [pacing(later, 120)] });
    expect(ledger.kinds).toEqual(["revised", "curve_revised"]);
    const { pace } = ledger.campaign.caps[0]!;
    expect(pace!.releasedMinor(HOUR_MS)).toBe(52);
    expect(pace!.releasedMinor(2 * DAY_MS)).toBe(52);
    expect(pace!.releasedMinor(3 * DAY_MS)).toBe(120);
  });
});
