// What the draws of a plan say by themselves: its numbers, its waves, and how they run over time.
// It needs no draws beside them, so that it is there at once when somebody moves an assumption.
import type { Assumption, Correlation } from "../assumptions/index.ts";
import { OUTPUT_IDS, OUTPUTS, type OutputId, type OutputUnit } from "../model/outputs.ts";
import {
  type CampaignSample,
  PLAN_LEVEL,
  type PlannedNumber,
} from "../monte-carlo/campaign-sample.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { FAN_QUANTILES, type FanPoint, monthlyFan, spendingFan } from "./fan.ts";

export interface StudiedNumber extends PlannedNumber {
  readonly id: OutputId;
  readonly title: string;
  readonly unit: OutputUnit;
}

export interface StudiedWave {
  readonly id: string;
  readonly budget: number;
  /** Chance that its money is gone before it ends, and after how many days. */
  readonly runOutChance: number;
  readonly runOutDays: PlannedNumber;
  readonly spent: PlannedNumber;
  readonly kept: PlannedNumber;
}

export interface SampledStudy {
  readonly title: string;
  readonly currency: string;
  readonly seed: string;
  readonly draws: number;
  readonly level: number;
  readonly months: number;
  readonly startsAtMs: number;
  readonly budget: number;
  readonly assumptions: readonly Assumption[];
  readonly correlations: readonly Correlation[];
  readonly numbers: readonly StudiedNumber[];
  readonly waves: readonly StudiedWave[];
  readonly withinMonths: number;
  /** Chance that it has paid back within those months, and within all that are counted. */
  readonly paybackChance: number;
  readonly paybackChanceAtEnd: number;
  readonly meanNet: number;
  /** The loss at the end that one in twenty draws exceeds; below 0: a gain. */
  readonly valueAtRisk: number;
  readonly fanQuantiles: readonly number[];
  /** Money spent by hour, kept users active and net money by month. */
  readonly spending: readonly FanPoint[];
  readonly active: readonly FanPoint[];
  readonly net: readonly FanPoint[];
}

/** Months within which a plan is asked to pay back where no decision says otherwise. */
const WITHIN_MONTHS = 12;

export function withinMonthsOf({ decision, months }: PlanFile): number {
  return decision?.withinMonths ?? Math.min(WITHIN_MONTHS, months);
}

/** @param sample of the plan, or of the plan with something changed */
export function sampledStudy(plan: PlanFile, sample: CampaignSample): SampledStudy {
  const withinMonths = withinMonthsOf(plan);
  return {
    title: plan.title,
    currency: plan.terms.currency,
    seed: plan.seed,
    draws: sample.draws,
    level: PLAN_LEVEL,
    months: plan.months,
    startsAtMs: plan.terms.startsAtMs,
    budget: sample.job.terms.budget,
    assumptions: plan.assumptions,
    correlations: plan.correlations,
    numbers: OUTPUT_IDS.map((id) => ({ id, ...OUTPUTS[id], ...sample.number(id) })),
    waves: sample.job.terms.waves.map((wave) => waveOf(sample, wave)),
    withinMonths,
    paybackChance: sample.shareAtMost("payback", withinMonths),
    paybackChanceAtEnd: sample.shareAtMost("payback", plan.months),
    meanNet: sample.mean("net"),
    valueAtRisk: -sample.quantile("net", 0.05),
    fanQuantiles: FAN_QUANTILES,
    spending: spendingFan(sample),
    active: monthlyFan(sample, "active"),
    net: monthlyFan(sample, "net"),
  };
}

function waveOf(
  sample: CampaignSample,
  wave: {
    readonly id: string;
    readonly budget: number;
    readonly fromHour: number;
    readonly toHour: number;
  },
): StudiedWave {
  const runOut = `runOut.wave.${wave.id}`;
  return {
    id: wave.id,
    budget: wave.budget,
    runOutChance: sample.shareAtMost(runOut, (wave.toHour - wave.fromHour) / 24),
    runOutDays: sample.number(runOut),
    spent: sample.number(`spent.wave.${wave.id}`),
    kept: sample.number(`kept.wave.${wave.id}`),
  };
}
