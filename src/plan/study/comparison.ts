// Scenarios side by side. Each is drawn with the same numbers as the plan, so that their difference
// is the change's own and not luck's.
import { drawQuantile } from "../../stats/draws.ts";
import {
  type CampaignSample,
  PLAN_LEVEL,
  type PlannedNumber,
} from "../monte-carlo/campaign-sample.ts";
import type { Scenario } from "../plan-file/plan.ts";

/** The numbers that are compared. */
export const COMPARED = [
  "people",
  "spent",
  "cost",
  "kept",
  "costPerKept",
  "net",
  "claimsPeak",
  "ordersPeak",
] as const;

export type ComparedId = (typeof COMPARED)[number];

export interface ComparedScenario {
  readonly id: string;
  readonly title: string;
  readonly numbers: Readonly<Record<ComparedId, PlannedNumber>>;
  readonly paybackChance: number;
  /** Against the plan, draw by draw: kept users and net money. Null for the plan itself. */
  readonly difference: { readonly kept: PlannedNumber; readonly net: PlannedNumber } | null;
  /** Chance that its net is above the plan's. */
  readonly betterChance: number | null;
}

export function compareScenario(
  { id, title }: Pick<Scenario, "id" | "title">,
  sample: CampaignSample,
  plan: CampaignSample | null,
  withinMonths: number,
): ComparedScenario {
  const numbers = Object.fromEntries(COMPARED.map((of) => [of, sample.number(of)]));
  return {
    id,
    title,
    numbers: numbers as Record<ComparedId, PlannedNumber>,
    paybackChance: sample.shareAtMost("payback", withinMonths),
    difference:
      plan === null
        ? null
        : { kept: differenceOf(sample, plan, "kept"), net: differenceOf(sample, plan, "net") },
    betterChance: plan === null ? null : betterShare(sample, plan),
  };
}

function differenceOf(sample: CampaignSample, plan: CampaignSample, id: ComparedId): PlannedNumber {
  const [with_, without] = [sample.column(id), plan.column(id)];
  const rows = Math.min(with_.length, without.length);
  const draws = Float64Array.from({ length: rows }, (_, i) => with_[i]! - without[i]!);
  return {
    point: sample.uncertain(id).point - plan.uncertain(id).point,
    median: drawQuantile(draws, 0.5),
    lower: drawQuantile(draws, (1 - PLAN_LEVEL) / 2),
    upper: drawQuantile(draws, (1 + PLAN_LEVEL) / 2),
  };
}

function betterShare(sample: CampaignSample, plan: CampaignSample): number {
  const [with_, without] = [sample.column("net"), plan.column("net")];
  const rows = Math.min(with_.length, without.length);
  let better = 0;
  for (let i = 0; i < rows; i++) if (with_[i]! > without[i]!) better += 1;
  return better / rows;
}
