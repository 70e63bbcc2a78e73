// What a plan hands on: every cohort's draws beside the campaign's, in step with them.
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { planDrawer } from "../src/cli/plan/draw-plan.ts";
import { openPlan } from "../src/cli/plan/open-plan.ts";
import type { CampaignDraws } from "../src/plan/campaign-draws.ts";
import { jobOf } from "../src/plan/study/plan-study.ts";
import { planDraws } from "../src/plan/study/study-draws.ts";
import type { Uncertain } from "../src/stats/draws.ts";

const PLAN = resolve(import.meta.dirname, "../examples/qwen-2026/plan.yaml");

let draws: CampaignDraws;
beforeAll(async () => {
  const { plan } = await openPlan(PLAN);
  draws = planDraws(plan, await planDrawer({ workers: 1 })(jobOf(plan, []), 300), "2026-02-06");
});

/** In every draw and at the point: the sum of parts over the whole. */
const ratios = (parts: readonly Uncertain[], whole: readonly Uncertain[]): number[] => {
  const at = (of: (each: Uncertain) => number) => {
    const sum = (all: readonly Uncertain[]): number => all.reduce((a, each) => a + of(each), 0);
    return sum(parts) / sum(whole);
  };
  const each = Array.from({ length: draws.count }, (_, i) => at((one) => one.draws[i]!));
  return [at(({ point }) => point), ...each];
};
const expectOnes = (numbers: readonly number[]): void => {
  for (const number of numbers) expect(number).toBeCloseTo(1, 9);
};

describe("the cohorts of a plan", () => {
  test.each(["wave", "how they came"])("by %s add up to it in every draw", (by) => {
    const own = draws.cohorts!.filter((cohort) => cohort.by === by);
    expect(own.length).toBeGreaterThan(1);
    const { kept, activeByMonth, redeemed, otherCost, cannibalised } = draws;
    expectOnes(
      ratios(
        own.map((cohort) => cohort.kept),
        [kept],
      ),
    );
    const money = [...redeemed, ...otherCost, ...cannibalised];
    expectOnes(
      ratios(
        own.map((cohort) => cohort.cost),
        money,
      ),
    );
    for (const month of [0, 5, 23]) {
      const active = own.map((cohort) => cohort.activeByMonth[month]!);
      expectOnes(ratios(active, [activeByMonth[month]!]));
    }
  });

  test("begin with their kept users and lose them in step with all", () => {
    for (const { kept, activeByMonth } of draws.cohorts!) {
      kept.draws.forEach((users, i) => {
        expect(activeByMonth[0]!.draws[i]!).toBeCloseTo(users, 4);
      });
      const left = (months: readonly Uncertain[]) => months[12]!.point / months[0]!.point;
      expect(left(activeByMonth)).toBeCloseTo(left(draws.activeByMonth), 12);
    }
  });
});

describe("a plan's draws", () => {
  test("come with what they were drawn from, without what is fixed", () => {
    const inputs = new Map(draws.inputs!.map((input) => [input.id, input]));
    expect(inputs.get("margin")!.draws).toEqual(draws.marginPerMonth.draws);
    expect(inputs.has("offers.envelope.used")).toBe(false);
    for (const { draws: own } of inputs.values()) expect(own).toHaveLength(draws.count);
  });

  test("say by which day how much is redeemed: nothing but rises, all in the end", () => {
    const days = draws.redeemedByDay!;
    expect(days[0]!).toBeGreaterThan(0);
    for (let day = 1; day < days.length; day++) {
      expect(days[day]!).toBeGreaterThanOrEqual(days[day - 1]!);
    }
    expect(days.at(-1)).toBeCloseTo(1, 12);
    // Cards and envelopes end on 28 February, the 23rd day.
    expect(days[21]!).toBeLessThanOrEqual(days[22]!);
    expect(days[22]!).toBeCloseTo(1, 9);
  });

  test("list each assumption with its range and reason, defaults in one line", () => {
    const says = new Map(draws.assumptions!.map(({ id, says: words }) => [id, words]));
    expect(says.get("retention.d30")).toMatch(
      /^active 30 days after they came, \d.* % \(\d.* % to \d.* %\): Qwen's/,
    );
    expect(says.get("defaults")).toMatch(
      /^\d+ that the plan leaves at their defaults: .*claims that arrive twice/,
    );
  });
});
