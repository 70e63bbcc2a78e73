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
import { campaignValue } from "./campaign-per-share.ts";
import { paybackMonth } from "./payback-month.ts";
import { valueFromPublished } from "./published-value.ts";
import { sumOfTheParts } from "./sum-of-the-parts.ts";
import { valueSection } from "./value-report.ts";

const published = readPublished(
  readFileSync(new URL("../../examples/qwen-2026/published.yaml", import.meta.url), "utf8"),
);
const one = (point: number) => certain(point, 1);
const shares = 18_552;
const hkdPerCny = 1.113;

describe("the worked sum of the parts (invented inputs)", () => {
  const company = sumOfTheParts(
    [
      { name: "e-commerce, adjusted EBITA", figure: 120_000, multiple: 10 },
      { name: "cloud, revenue", figure: 160_000, multiple: 5 },
      { name: "international, revenue", figure: 140_000, multiple: 1 },
      { name: "quick commerce", figure: 0, multiple: 0 },
    ],
    300_000,
    shares,
  );

  test("is 1,200,000 + 800,000 + 140,000 + 300,000 = 2,440,000 million yuan", () => {
    expect(company.parts.map((part) => part.value)).toEqual([1_200_000, 800_000, 140_000, 0]);
    expect(company.equity).toBe(2_440_000);
  });

  test("is 131.52 yuan or HK$146.38 a share", () => {
    expect(company.perShare.toFixed(2)).toBe("131.52");
    expect((company.perShare * hkdPerCny).toFixed(2)).toBe("146.38");
  });

  const worth = (keptUsers: number) =>
    campaignValue({
      keptUsers: one(keptUsers),
      contributionPerYear: one(30),
      multiple: one(15),
      cost: one(3_000),
      taxRate: 0.25,
      shares,
    });

  test("15.6 million kept users are worth 4,770 million net: .26 yuan, HK$.29, .20 %", () => {
    const value = worth(15.6);
    expect(value.contribution.point).toBeCloseTo(468, 9);
    expect(value.gross.point).toBeCloseTo(7_020, 9);
    expect(value.costAfterTax.point).toBe(2_250);
    expect(value.net.point).toBeCloseTo(4_770, 9);
    expect(value.perShare.point.toFixed(2)).toBe("0.26");
    expect((value.perShare.point * hkdPerCny).toFixed(2)).toBe("0.29");
    expect((value.net.point / company.equity).toFixed(4)).toBe("0.0020");
  });

  test("at 5 % of 66.45 million it loses 755 million: .04 yuan a share", () => {
    const value = worth(66.45 * 0.05);
    expect((66.45 * 0.05).toFixed(2)).toBe("3.32");
    expect(value.contribution.point.toFixed(1)).toBe("99.7");
    expect(Math.round(value.gross.point)).toBe(1_495);
    expect(Math.round(value.net.point)).toBe(-755);
    expect(value.perShare.point.toFixed(2)).toBe("-0.04");
  });
});

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
