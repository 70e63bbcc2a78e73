// The best split of a whole plan: limits are kept, the gain is drawn with the plan's own numbers,
// and what is promised by straight lines between the places tried is what campaigns then bring.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drawCampaigns } from "../monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../monte-carlo/campaign-sample.ts";
import { checkPlanFile, type PlanFile, requirePlan } from "../plan-file/index.ts";
import { type BestSplit, bestSplit } from "./best-split.ts";
import { PLACES_MOST, splitGrid } from "./best-split-grid.ts";
import type { DrawSamples } from "./draw-samples.ts";
import { jobOf } from "./plan-study.ts";

const folder = new URL("../../../examples/qwen-2026/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const SPLIT = /split:\n( .*\n)+/;

function planWith(split: string): PlanFile {
  const text = read("plan.yaml").replace(SPLIT, `split:\n${split}\n`);
  return requirePlan(
    checkPlanFile(
      { file: "plan.yaml", text },
      { file: "announced.yaml", text: read("announced.yaml") },
    ),
  );
}

const drawAll: DrawSamples = async (jobs, draws) =>
  jobs.map((job) => new CampaignSample(job, draws, tasksOf(job, draws).map(drawCampaigns)));

const DRAWS = 512;

async function splitOf(plan: PlanFile): Promise<BestSplit> {
  const [sample] = await drawAll([jobOf(plan, [])], DRAWS);
  const drawing = { drawAll, sample: sample!, draws: DRAWS, withinMonths: 12 };
  return await bestSplit(plan, { ...drawing, jobOf: (changes) => jobOf(plan, changes) });
}

function found(split: BestSplit): Extract<BestSplit, { readonly search: unknown }> {
  if (split.state === "impossible") throw new Error(split.why);
  return split;
}

test("keeps the limits, spends the whole budget, and is better than the plan", async () => {
  const waves = "  waves: { cards: { from: 55 %, to: 80 % }, envelopes: { from: 25 %, to: 45 % } }";
  const plan = planWith(`${waves}\n  amounts: { card: { from: 12, to: 22 } }`);
  const split = found(await splitOf(plan));
  const [cards, envelopes] = split.best.shares.map(({ share }) => share);
  expect(cards! + envelopes!).toBeCloseTo(1, 9);
  expect(cards).toBeGreaterThanOrEqual(0.55);
  expect(cards).toBeLessThanOrEqual(0.75 + 1e-9);
  expect(split.best.amounts[0]!.amount).toBeGreaterThanOrEqual(12);
  expect(split.best.amounts[0]!.amount).toBeLessThanOrEqual(22);
  expect(split.planKeepsLimits).toBe(false);
  expect(split.search.aim).toBe("kept");
  expect(split.search.places).toBeLessThanOrEqual(PLACES_MOST);
  const { point, lower, upper } = split.compared[1].numbers.kept;
  expect(lower).toBeLessThan(upper);
  expect(point).toBeGreaterThan(0);
});

test("of the net, where none is positive, is the cheapest that the limits allow", async () => {
  const plan = planWith("  aim: net\n  amounts: { card: { from: 10, to: 40 } }");
  const split = found(await splitOf(plan));
  expect(split.search.isAimGiven).toBe(true);
  expect(split.best.amounts[0]!.amount).toBe(10);
  expect(split.meanGain).toBeGreaterThan(5 * split.meanGainError);
  const text = split.profiles.find(({ of }) => of === "offer")!.points.map(({ value }) => value!);
  expect([...text].sort((a, b) => b - a)).toEqual(text);
});

test("promises what campaigns then bring: waves hardly move each other", async () => {
  const plan = planWith("  aim: kept\n  amounts: { card: { from: 10, to: 40 } }");
  const split = found(await splitOf(plan));
  const promised = Math.max(
    ...split.profiles.flatMap(({ points }) => points.map(({ value }) => value ?? 0)),
  );
  const [again] = await drawAll([jobOf(plan, split.changes)], split.search.draws);
  expect(again!.mean("kept") / promised).toBeGreaterThan(0.99);
  expect(again!.mean("kept") / promised).toBeLessThan(1.01);
});

test("is the plan's where the limits leave nothing else", async () => {
  const waves = "  waves: { cards: { from: 90 %, to: 90 % }, envelopes: { from: 10 %, to: 10 % } }";
  const split = found(await splitOf(planWith(waves)));
  expect(split.state).toBe("plan");
  expect(split.changes).toEqual([]);
  expect(split.meanGain).toBe(0);
});

test("tries fewer levels where many amounts may change, and says when they are too many", () => {
  const plan = planWith("  amounts: { card: { from: 10, to: 40 }, envelope: { from: 4, to: 12 } }");
  const grid = splitGrid(plan)!;
  expect(grid.places).toBeLessThanOrEqual(PLACES_MOST);
  expect(grid.branches.length).toBeGreaterThan(1);
  expect(grid.waves[1]!.options.length).toBeGreaterThan(1);
  const offers = Array.from({ length: 6 }, (_, i) => ({
    ...plan.terms.offers[1]!,
    id: `envelope-${i}`,
  }));
  const amounts = offers.map(({ id }) => ({ offer: id, low: 1, high: 9 }));
  const terms = { ...plan.terms, offers: [plan.terms.offers[0]!, ...offers] };
  expect(splitGrid({ ...plan, terms, split: { ...plan.split!, amounts } })).toBeNull();
});

test("shares that cannot add up are said with what they add up to", async () => {
  const plan = planWith("  amounts: { card: { from: 10, to: 40 } }");
  const waves = plan.terms.waves.map(({ id }) => ({ wave: id, low: 0.1, high: 0.3 }));
  const split = await splitOf({ ...plan, split: { ...plan.split!, waves, amounts: [] } });
  expect(split).toEqual({
    state: "impossible",
    why: "no shares within split.waves add up to the budget: the least of all waves are 20 %, the greatest 60 %",
  });
});
