// One effect, read in other ways: while the experiment runs, as a posterior, and as "too small to
// matter". Each answers a question of its own; none replaces the interval of the plan.
import { ownOf } from "../base/record.ts";
import {
  confidenceSequence,
  type Equivalence,
  effectPosterior,
  equivalence,
  type SequenceReading,
} from "../stats/index.ts";
import type {
  AlwaysValid,
  EffectReadings,
  EquivalenceReading,
  PosteriorReading,
} from "../verdict/effect-readings.ts";
import type { EffectInterval } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { effectTowards } from "./effect-interval.ts";
import { tooFewForLooks } from "./enough.ts";
import { usersOf } from "./metric-summary.ts";
import type { Study, StudyArm } from "./study.ts";

export const NO_READINGS: EffectReadings = {
  alwaysValid: null,
  notYet: null,
  posterior: null,
  equivalence: null,
};

export function readingsOf(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  effect: EffectInterval,
): EffectReadings {
  const users: [number, number] = [usersOf(metric, study.control), usersOf(metric, arm)];
  const notYet = tooFewForLooks(metric, study.control, arm);
  return {
    alwaysValid: notYet === null ? alwaysValidOf(study, metric, arm, users, effect) : null,
    notYet,
    posterior: posteriorOf(study, metric, users, effect),
    equivalence: equivalenceOf(study, metric, effect),
  };
}

function alwaysValidOf(
  study: Study,
  { kind }: Metric,
  arm: StudyArm,
  [control, treatment]: readonly [number, number],
  effect: EffectInterval,
): AlwaysValid {
  const { reading } = study;
  const users = control + treatment;
  const planned = reading?.plannedUsers;
  const tuning = planned === undefined ? users : plannedUsersOf(study, arm, planned);
  const on = (side: "lower" | "upper"): SequenceReading =>
    confidenceSequence(effectTowards(effect, side), users, { level: effect.level, tuning });
  const [below, above] = [on("lower"), on("upper")];
  const { p } = effect.estimate > 0 ? below : above;
  // No two shares differ by more than everything.
  const most = kind === "share" ? 1 : Number.POSITIVE_INFINITY;
  const [lower, upper] = [Math.max(-most, below.lower), Math.min(most, above.upper)];
  return { lower, upper, p, tuning, isPlanned: planned !== undefined };
}

/** Of all users planned those whom this arm's comparison has: its own and the held-out. */
function plannedUsersOf(
  { control, treatments }: Study,
  { weight }: StudyArm,
  planned: number,
): number {
  const all = treatments.reduce((sum, each) => sum + each.weight, control.weight);
  return Math.round((planned * (control.weight + weight)) / all);
}

/**
 * The prior where nobody gave one: no effect expected, and as sure of that as one more user in each
 * arm would make us (unit information: Kass and Wasserman 1995, JASA 90). It takes its scale from
 * the data's own spread, so it suits every metric; it moves the result by one part in the number of
 * users of an arm; and with a handful of users it keeps the reading from being carried away.
 */
function weakPrior(
  { standardError }: Pick<EffectInterval, "standardError">,
  [control, treatment]: readonly [number, number],
): { readonly mean: number; readonly variance: number } {
  const perArm = 2 / (1 / control + 1 / treatment);
  return { mean: 0, variance: standardError ** 2 * perArm };
}

function posteriorOf(
  { reading }: Study,
  metric: Metric,
  users: readonly [number, number],
  effect: EffectInterval,
): PosteriorReading {
  const given = ownOf(reading?.priors, metric.id);
  const prior = given ?? weakPrior(effect, users);
  const posterior = effectPosterior(effect, prior, effect.level);
  const { mean, lower, upper, level, chanceToBeat, lossOfControl, lossOfTreatment } = posterior;
  const isHigherWorse = (reading?.guardrails ?? []).some(
    (guardrail) => guardrail.metric === metric.id && guardrail.worse === "higher",
  );
  return {
    ...{ mean, lower, upper, level, chanceAboveZero: chanceToBeat },
    lossIfShipped: isHigherWorse ? lossOfControl : lossOfTreatment,
    lossIfNot: isHigherWorse ? lossOfTreatment : lossOfControl,
    prior,
    isPriorDefault: given === undefined,
  };
}

function equivalenceOf(
  { reading }: Study,
  metric: Metric,
  effect: EffectInterval,
): EquivalenceReading | null {
  const margin = ownOf(reading?.negligible, metric.id);
  if (margin === undefined) return null;
  const on = (side: "lower" | "upper"): Equivalence =>
    equivalence(effectTowards(effect, side), -margin, margin, effect.level);
  const [below, above] = [on("lower"), on("upper")];
  const p = Math.max(below.pLower, above.pUpper);
  const finding = p < 1 - effect.level ? "as good as none" : "not shown";
  return { margin, p, lower: below.lower, upper: above.upper, finding };
}
