// The plan prints the arithmetic of the published figures, carries its uncertainty, and reads no
// figure without unit and source.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { textWidth } from "../report/paint.ts";
import { renderTextSection } from "../report/text-report.ts";
import { planSection, planSourcesSection } from "./plan-report.ts";
import { drawPrior } from "./prior.ts";
import { readPublished } from "./published.ts";
import { planFromPublished } from "./published-plan.ts";

const text = readFileSync(
  new URL("../../examples/qwen-2026/published.yaml", import.meta.url),
  "utf8",
);
const published = readPublished(text);
const plan = planFromPublished(published, { seed: 2026 });

describe("the plan for qwen-2026", () => {
  test("3 billion yuan are 120 million orders: 4.5 days at first, 6 at the later rate", () => {
    expect(plan.burn.ordersInBudget.estimate).toBe(120);
    expect(plan.burn.daysAtFirstHours.estimate).toBeCloseTo(4.5, 12);
    expect(plan.burn.daysAtFirstDays.estimate).toBeCloseTo(6, 12);
    expect(plan.burn.rateFirstHours.estimate).toBeCloseTo(308.64, 2);
    expect(plan.burn.rateFirstDays.estimate).toBeCloseTo(231.48, 2);
  });

  test("costs 45 yuan an additional user, and 192, 353 or 903 a kept one", () => {
    const [additional] = plan.bases;
    expect(additional!.users.estimate).toBeCloseTo(66.45, 10);
    expect(additional!.costPerUser.estimate).toBeCloseTo(45.15, 2);
    const kept = additional!.kept.map((one) => Math.round(one.costPerUser.estimate));
    expect(kept).toEqual([903, 353, 192]);
  });

  test("costs 23 yuan a person who tried it, and 98, 180 or 462 a kept one", () => {
    const tried = plan.bases[1]!;
    expect(tried.costPerUser.estimate).toBeCloseTo(23.08, 2);
    const kept = tried.kept.map((one) => Math.round(one.costPerUser.estimate));
    expect(kept).toEqual([462, 180, 98]);
    expect(tried.kept[1]!.breakEvenPerMonth.estimate).toBeCloseTo(3000 / 16.64 / 12, 10);
  });

  test("pays back in a year for hardly any draw, and says what would have to be true", () => {
    for (const base of plan.bases) {
      for (const kept of base.kept) expect(kept.paybackChance).toBeLessThan(0.1);
    }
    expect(plan.bases[0]!.retentionNeeded.estimate).toBeCloseTo(3000 / (66.45 * 2.5 * 12), 10);
  });

  test("every estimate lies within its interval", () => {
    const intervals = [
      ...Object.values(plan.burn),
      ...plan.bases.flatMap((base) => [
        base.costPerUser,
        base.retentionNeeded,
        ...base.kept.flatMap((kept) => [kept.costPerUser, kept.breakEvenPerMonth, kept.users]),
      ]),
    ];
    for (const { estimate, lower, upper } of intervals) {
      // The card's 25 yuan is an upper bound, so orders in the budget have 120 as their lower one.
      expect(lower * 0.995).toBeLessThanOrEqual(estimate);
      expect(upper).toBeGreaterThanOrEqual(estimate);
    }
  });

  test("is the same for the same seed, and another for another", () => {
    expect(planFromPublished(published, { seed: 2026 })).toEqual(plan);
    expect(planFromPublished(published, { seed: 1 }).bases).not.toEqual(plan.bases);
  });

  test("fits the screen and says what kind of evidence it is", () => {
    const screen = renderTextSection(planSection(plan, "screen"));
    for (const line of screen.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(100);
    expect(screen).toContain("evidence F");
    expect(screen).toContain("353 [");
    expect(screen).toContain("coincided");
    const sources = renderTextSection(planSourcesSection(plan));
    for (const id of Object.keys(published.file.figures)) expect(sources).toContain(id);
    expect(sources).toContain("QuestMobile");
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
