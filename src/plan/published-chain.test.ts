// The published figures' own arithmetic, and that none is read without unit and source.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawPrior } from "./prior.ts";
import { readPublished } from "./published.ts";
import { publishedChain } from "./published-chain.ts";

const text = readFileSync(
  new URL("../../examples/qwen-2026/published.yaml", import.meta.url),
  "utf8",
);
const published = readPublished(text);
const chain = publishedChain(published, { seed: 2026 });

describe("the chain of published figures", () => {
  test("3 billion yuan are 120 million orders: 4.5 days at first, 6 at the later rate", () => {
    expect(chain.burn.ordersInBudget.point).toBe(120);
    expect(chain.burn.daysAtFirstHours.point).toBeCloseTo(4.5, 12);
    expect(chain.burn.daysAtFirstDays.point).toBeCloseTo(6, 12);
    expect(chain.burn.rateFirstHours.point).toBeCloseTo(308.64, 2);
    expect(chain.burn.rateFirstDays.point).toBeCloseTo(231.48, 2);
  });

  test("costs 45 yuan an additional user, and 192, 353 or 903 a kept one", () => {
    const [additional] = chain.bases;
    expect(additional!.users.point).toBeCloseTo(66.45, 10);
    expect(additional!.costPerUser.point).toBeCloseTo(45.15, 2);
    const kept = additional!.kept.map((one) => Math.round(one.costPerUser.point));
    expect(kept).toEqual([903, 353, 192]);
  });

  test("costs 23 yuan a person who tried it, and 98, 180 or 462 a kept one", () => {
    const tried = chain.bases[1]!;
    expect(tried.costPerUser.point).toBeCloseTo(23.08, 2);
    const kept = tried.kept.map((one) => Math.round(one.costPerUser.point));
    expect(kept).toEqual([462, 180, 98]);
    expect(tried.kept[1]!.breakEvenPerMonth.point).toBeCloseTo(3000 / 16.64 / 12, 10);
  });

  test("is the same for the same seed, and another for another", () => {
    expect(publishedChain(published, { seed: 2026 })).toEqual(chain);
    expect(publishedChain(published, { seed: 1 }).bases).not.toEqual(chain.bases);
  });
});

describe("published figures", () => {
  test("are refused in another unit, and when they are missing", () => {
    expect(() => published.value("budget", "CNY")).toThrow(
      "expected figures.budget in CNY, found it in million CNY",
    );
    expect(() => published.value("budgte", "million CNY")).toThrow("found none");
  });

  test("are refused without a source, with unknown keys, or a point out of range", () => {
    const broken = (from: string, to: string) => () => readPublished(text.replace(from, to));
    expect(broken("source: Alibaba's announcement", "note: none")).toThrow("figures.budget.source");
    expect(broken("currency: CNY", "currency: CNY\ncurency: CNY")).toThrow("curency");
    expect(broken("point: 25", "point: 26")).toThrow("within its range");
    expect(() => readPublished("a: [")).toThrow("published.yaml is not YAML");
  });
});

describe("an assumption", () => {
  const count = 20_000;

  test("of lognormal shape has 90 % of its draws within the range", () => {
    const stated = { point: 2, range: [1, 8], unit: "x", shape: "lognormal", why: "test" } as const;
    const { draws } = drawPrior("a", stated, 1, count);
    const inside = draws.filter((value) => value >= 1 && value <= 8).length / count;
    expect(Math.abs(inside - 0.9)).toBeLessThan(0.01);
  });

  test("of triangular shape stays within the range, with mean (low + mode + high) / 3", () => {
    const stated = { point: 1, range: [0, 5], unit: "x", shape: "triangular", why: "t" } as const;
    const { draws } = drawPrior("b", stated, 1, count);
    const mean = draws.reduce((sum, value) => sum + value, 0) / count;
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThanOrEqual(5);
    expect(Math.abs(mean - 2)).toBeLessThan(0.03);
  });
});
