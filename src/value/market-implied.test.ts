// What a move of the share's price would need: against the cash flow that it is read from, of a
// share and of an ADS, before and after the move, and where the campaign may have lost users.
import { describe, expect, test } from "vitest";
import { certain, type Uncertain } from "../stats/draws.ts";
import { around } from "./campaign.fixture.ts";
import { type ImpliedQuestion, type MarketMove, marketImplied } from "./market-implied.ts";

const one = (point: number): Uncertain => certain(point, 3);
const market: MarketMove = {
  ...{ day: "2026-02-04", currency: "HKD", per: "share", priceTaken: "before" },
  ...{ price: one(154.5), move: one(-0.029), rate: one(1.113) },
  ...{ shares: one(18_552e6), sharesPerPrice: 1 },
};
const asked: ImpliedQuestion = {
  market,
  cost: one(3_000e6),
  kept: one(15.6e6),
  marginPerMonth: one(2.5),
  months: one(15.6e6 * 40),
  tax: one(0.25),
};

describe("what the market implied", () => {
  const read = marketImplied(asked);

  test("one day is HK$83 billion, 25 times the cost", () => {
    expect(Math.round(read.moved.estimate / 1e9)).toBe(-83);
    expect(Math.round(read.timesCost.estimate)).toBe(25);
    const size = Math.abs(read.movedHome.estimate);
    expect(read.costOfMove.estimate).toBeCloseTo(2_250e6 / size, 12);
  });

  test("so many users, or such a margin, would be worth the move: they solve the cash flow", () => {
    const needed = read.toJustifyMove;
    const worth = needed.users.estimate! * 40 * 2.5 * 0.75 - 2_250e6;
    expect(worth).toBeCloseTo(-read.movedHome.estimate, 0);
    const byMargin = 15.6e6 * 40 * needed.marginPerMonth.estimate! * 0.75 - 2_250e6;
    expect(byMargin).toBeCloseTo(-read.movedHome.estimate, 0);
    expect(read.toCoverCost.users.estimate).toBeCloseTo(2_250e6 / (40 * 2.5 * 0.75), 3);
  });

  test("without a kept user no number justifies it", () => {
    const lost = marketImplied({ ...asked, kept: one(0), months: one(0) });
    for (const needed of [lost.toCoverCost.multiple, lost.toCoverCost.users]) {
      expect(needed).toEqual({ estimate: null, lower: null, upper: null });
    }
  });

  test("a price of an ADS is of its eight shares", () => {
    const usd = {
      ...market,
      per: "ADS",
      sharesPerPrice: 8,
      price: one(160),
      rate: one(0.14),
    } as const;
    const { marketValue } = marketImplied({ ...asked, market: usd });
    expect(marketValue.estimate).toBe((18_552e6 * 160) / 8);
  });

  test("after the move, the price before it is what moved", () => {
    const after = marketImplied({ ...asked, market: { ...market, priceTaken: "after" } });
    const before = after.marketValue.estimate - after.moved.estimate;
    expect(after.moved.estimate / before).toBeCloseTo(-0.029, 12);
    expect(after.marketValue.estimate).toBe(read.marketValue.estimate);
  });

  test("ranges of price, rate, move and shares widen what is read from them", () => {
    for (const key of ["price", "rate", "move", "shares"] as const) {
      const wide = { ...market, [key]: around(market[key].point) };
      const { movedHome } = marketImplied({ ...asked, market: wide });
      expect(movedHome.upper - movedHome.lower).toBeGreaterThan(1e9);
    }
  });
});

describe("a campaign that may have lost users", () => {
  const kept = around(1e6, [-0.5, 1, 2.5]);
  const months = around(40e6, [-0.5, 1, 2.5]);
  const read = marketImplied({ ...asked, kept, months });

  test("needs the same users, whatever became of its own", () => {
    const { users } = read.toCoverCost;
    expect(users.lower).toBeCloseTo(2_250e6 / (40 * 2.5 * 0.75), 3);
    expect(users.upper).toBeCloseTo(users.lower!, 3);
  });

  test("has no margin that is enough where it did, and says so above, never below", () => {
    const { marginPerMonth, multiple } = read.toCoverCost;
    for (const { lower, upper } of [marginPerMonth, multiple]) {
      expect(lower).toBeGreaterThan(0);
      expect(upper).toBeNull();
    }
  });

  test("can lose more than its cost", () => {
    const size = Math.abs(read.movedHome.estimate);
    expect(read.costOfMove.lower).toBeCloseTo(2_250e6 / size, 12);
    expect(read.costOfMove.upper).toBeGreaterThan(2_250e6 / size);
  });
});
