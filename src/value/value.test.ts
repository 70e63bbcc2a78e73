// Every figure that the notes on the company print comes out of these functions; and uncertainty
// that goes in comes out.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPublished } from "../plan/published.ts";
import { publishedChain } from "../plan/published-chain.ts";
import { textWidth } from "../report/paint.ts";
import { renderTextSection } from "../report/text-report.ts";
import { certain, drawInterval } from "../stats/draws.ts";
import { breakEvenPerMonth } from "./break-even.ts";
import { paybackMonth } from "./payback-month.ts";
import { valueFromPublished } from "./published-value.ts";
import { valueSection } from "./value-report.ts";

const published = readPublished(
  readFileSync(new URL("../../examples/qwen-2026/published.yaml", import.meta.url), "utf8"),
);

describe("the campaign in the published quarter", () => {
  const chain = publishedChain(published, { seed: 2026, draws: 500 });
  const bases = chain.bases.flatMap((base) =>
    base.kept.map((kept) => ({
      title: `${base.title}, ${kept.title}`,
      users: kept.users,
      grade: "F",
    })),
  );
  const value = valueFromPublished(published, certain(3_000, 500), bases);

  test("3 billion are 1.23 % of revenue and at most 11 % of EBITA's fall of 26.8 billion", () => {
    expect(value.shares.ofRevenue.estimate.toFixed(4)).toBe("0.0123");
    const fall = value.quarter.adjustedEbitaYearBefore - value.quarter.adjustedEbita;
    expect((fall / 1_000).toFixed(1)).toBe("26.8");
    expect(value.shares.ofEbitaFall.estimate.toFixed(2)).toBe("0.11");
  });

  test("they are 4.2 % of sales and marketing and 59 % of adjusted EBITA", () => {
    expect(value.shares.ofSalesAndMarketing.estimate).toBeCloseTo(3_000 / 71_934, 12);
    expect(value.shares.ofAdjustedEbita.estimate.toFixed(2)).toBe("0.59");
  });

  test("the kept users' break-even is their cost over twelve months", () => {
    const industry = value.breakEven[1]!;
    expect(Math.round(industry.costPerUser.estimate)).toBe(353);
    expect(industry.perMonth.estimate).toBeCloseTo(industry.costPerUser.estimate / 12, 10);
    expect(industry.perMonth.lower).toBeLessThan(industry.perMonth.estimate);
    expect(industry.perMonth.upper).toBeGreaterThan(industry.perMonth.estimate);
  });

  test("one day of the share is HK$83 billion, some 25 times the budget", () => {
    expect(Math.round(value.priceMove.moved / 1_000)).toBe(-83);
    expect(Math.round(value.priceMove.timesCost)).toBe(25);
  });

  test("fits the screen, and known numbers carry no brackets", () => {
    const screen = renderTextSection(valueSection(value));
    for (const line of screen.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(100);
    expect(screen.replaceAll("\n", " ")).toContain(
      "3,000 million yuan are 1.23 % of the quarter's revenue",
    );
    expect(screen.replaceAll("\n", " ")).toContain("cannot be read as the campaign's value");
  });
});

describe("single figures", () => {
  test("a wider cost makes a wider break-even, draw by draw", () => {
    const cost = { point: 3_000, draws: Float64Array.from([2_400, 3_000, 6_000]) };
    const users = { point: 10, draws: Float64Array.from([10, 10, 10]) };
    expect([...breakEvenPerMonth(cost, users).draws]).toEqual([20, 25, 50]);
    expect(drawInterval(breakEvenPerMonth(cost, users)).estimate).toBe(25);
  });

  test("payback is the first month that reaches the cost, or none", () => {
    expect(paybackMonth(100, [40, 40, 20, 40])).toBe(3);
    expect(paybackMonth(100, [40, 40])).toBeNull();
    expect(paybackMonth(0, [1])).toBe(1);
  });
});
