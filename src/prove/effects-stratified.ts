// Post-stratification: every segment weighs as much as its share of all users, so that what the
// arms' make-up differs in by chance drops out. For users who have no history to adjust by.
import {
  type ArmSummary,
  addMoments,
  type Effect,
  effectOf,
  isLiftDefined,
  type Moments,
  postStratified,
  relativeLiftVariance,
  type ShapePair,
  type Stratum,
  shapeOf,
  shapeOfShare,
  skewCorrected,
  summarizeMoments,
} from "../stats/index.ts";
import type { PlainEffect } from "../verdict/effect-row.ts";
import type { Metric } from "../verdict/metric.ts";
import { intervalOf } from "./effect-interval.ts";
import { baseOf, NO_RELATIVE, NO_RELATIVE_ERROR } from "./effects-by-population.ts";
import { skewnessOfShapes, tooFewOf, tooSkewed } from "./enough.ts";
import type { Study, StudyArm } from "./study.ts";

/** With fewer an arm's variance within a stratum is a guess, and many guesses too small a sum. */
const STRATUM_USERS = 20;

/**
 * Null where no segments were named for it, and for ratios and quantiles. Segments with fewer than
 * 20 users in an arm are taken together as one stratum; if that is still too small, the smallest of
 * the others joins it.
 */
export function stratifiedEffect(
  study: Study,
  metric: Metric,
  arm: StudyArm,
  level: number | undefined,
): PlainEffect | null {
  const by = study.reading?.stratifyBy;
  if (by === undefined || (metric.kind !== "share" && metric.kind !== "mean")) return null;
  const base = { ...baseOf(metric, study.control, arm), population: "stratified" as const };
  const none = (why: string): PlainEffect => ({
    ...base,
    note: `not stratified by ${by}: ${why}`,
  });
  const groups = groupsOf(study, by, metric, arm);
  const [n, users] = [sumOf(groups), outcomeOf(study.control, metric).n + outcomeOf(arm, metric).n];
  if (n !== users) return none(`its values have ${n} of the ${users} users`);
  const few = tooFewOf(metric, study.control, arm);
  if (few !== null) return none(few);
  const { strata, joined } = joinSmall(groups);
  if (strata.length < 2) return none("fewer than 2 values have enough users");
  const summaries = strata.map(summarizeStratum);
  if (summaries.every(({ control, treatment }) => control.variance + treatment.variance === 0)) {
    return none("every user has the same value within a stratum and arm");
  }
  const skewness = skewnessOfShapes(strata.map((group) => shapesOfGroup(metric, group)));
  const skewed = tooSkewed(skewness, study.control, arm);
  if (skewed !== null) return none(skewed);
  const turned = (effect: Effect) => intervalOf(skewCorrected(effect, skewness ?? 0));
  const absolute = postStratified(summaries, level);
  const [a, b] = [wholeOf(summaries, "control"), wholeOf(summaries, "treatment")];
  const joining = joined === 0 ? "" : `, ${joined} small ones joined`;
  const note = `by ${by}, ${groups.length} values${joining}`;
  const rest = { ...base, absolute: turned(absolute), note };
  if (!isLiftDefined(a)) return { ...rest, note: `${note}; ${NO_RELATIVE}` };
  const error = Math.sqrt(relativeLiftVariance(a, b));
  if (error === 0) return { ...rest, note: `${note}; ${NO_RELATIVE_ERROR}` };
  const lift = effectOf(absolute.estimate / a.mean, error, absolute.degreesOfFreedom, level);
  return { ...rest, relative: intervalOf(lift) };
}

interface Group {
  readonly control: Moments;
  readonly treatment: Moments;
}

function outcomeOf(arm: StudyArm | undefined, metric: Metric): Moments {
  return arm?.outcomes[metric.id] ?? { n: 0, sum: 0, sumSquares: 0, cubes: 0 };
}

function groupsOf(study: Study, by: string, metric: Metric, arm: StudyArm): Group[] {
  const segments = (study.segments ?? []).filter((segment) => segment.by === by);
  return segments.map(({ arms }) => ({
    control: outcomeOf(
      arms.find(({ id }) => id === study.control.id),
      metric,
    ),
    treatment: outcomeOf(
      arms.find(({ id }) => id === arm.id),
      metric,
    ),
  }));
}

function sumOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
}

function joinSmall(groups: readonly Group[]): { strata: Group[]; joined: number } {
  const isLarge = ({ control, treatment }: Group): boolean =>
    control.n >= STRATUM_USERS && treatment.n >= STRATUM_USERS;
  const small = groups.filter((group) => !isLarge(group) && sumOf([group]) > 0);
  const strata = groups.filter(isLarge);
  if (small.length === 0) return { strata, joined: 0 };
  let rest = small.reduce(join);
  let joined = small.length;
  if (!isLarge(rest) && strata.length > 0) {
    const least = strata.reduce((a, b) => (sumOf([b]) < sumOf([a]) ? b : a));
    strata.splice(strata.indexOf(least), 1);
    rest = join(rest, least);
    joined += 1;
  }
  return { strata: isLarge(rest) ? [...strata, rest] : strata, joined };
}

function join(a: Group, b: Group): Group {
  return {
    control: addMoments(a.control, b.control),
    treatment: addMoments(a.treatment, b.treatment),
  };
}

function shapesOfGroup({ kind }: Metric, group: Group): ShapePair | null {
  const [control, treatment] = [group.control, group.treatment].map((moments) =>
    kind === "share" ? shapeOfShare({ successes: moments.sum, n: moments.n }) : shapeOf(moments),
  );
  return control && treatment ? { control, treatment } : null;
}

/** With n - 1 also for shares: a stratum may be small. */
function summarizeStratum({ control, treatment }: Group): Stratum {
  return { control: summarizeMoments(control), treatment: summarizeMoments(treatment) };
}

/** An arm's stratified mean, as if from one group of all its users. */
function wholeOf(strata: readonly Stratum[], side: "control" | "treatment"): ArmSummary {
  const total = strata.reduce((sum, each) => sum + each.control.n + each.treatment.n, 0);
  let [n, mean, squaredError] = [0, 0, 0];
  for (const each of strata) {
    const share = (each.control.n + each.treatment.n) / total;
    n += each[side].n;
    mean += share * each[side].mean;
    squaredError += (share ** 2 * each[side].variance) / each[side].n;
  }
  return { n, mean, variance: n * squaredError };
}
