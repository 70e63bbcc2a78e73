// What has to be there before anything is compared: two arms, figures of every metric that can be
// such figures, and a way of reading that speaks of metrics and segments that exist.
import { HongbaoError } from "../base/error.ts";
import { ownOf } from "../base/record.ts";
import { formatNumber } from "../report/format.ts";
import type { Moments } from "../stats/index.ts";
import type { Metric } from "../verdict/metric.ts";
import { hasFigures } from "./metric-summary.ts";
import type { Reading, Segment, Study, StudyArm } from "./study.ts";

/** Throws `invalid_file` naming arm, metric and what was expected. */
export function requireComparable(study: Study): void {
  const refuse = (message: string): never => {
    throw new HongbaoError({ code: "invalid_file", message: `${study.source}: ${message}` });
  };
  if (study.treatments.length === 0) refuse("one arm only: expected a holdout and a variant");
  const arms = [study.control, ...study.treatments];
  for (const arm of arms) {
    if (arm.n < 2) refuse(`arm "${arm.id}" has ${userCount(arm.n)}: expected at least 2`);
  }
  const segments = study.segments ?? [];
  for (const metric of study.metrics) {
    for (const arm of arms) {
      const problem = figuresProblem(metric, arm);
      if (problem !== null) refuse(`arm "${arm.id}" ${problem}`);
    }
    for (const { by, value, arms: within } of segments) {
      for (const arm of within) {
        // A segment may have too few users for a figure, such as a quantile's bounds.
        if (!hasFigures(metric, arm)) continue;
        const problem = figuresProblem(metric, arm);
        if (problem !== null) refuse(`segment ${by} "${value}", arm "${arm.id}" ${problem}`);
      }
    }
  }
  const problem =
    segmentsProblem(segments, arms) ?? readingProblem(study.reading ?? {}, study.metrics, segments);
  if (problem !== null) refuse(problem);
}

function userCount(n: number): string {
  return n === 1 ? "one user" : `${formatNumber(n)} users`;
}

function figuresProblem(metric: Metric, arm: StudyArm): string | null {
  const { id, kind } = metric;
  const unbounded = ownOf(arm.unboundedQuantiles, id);
  if (kind === "quantile" && unbounded !== undefined) {
    if (Number.isFinite(unbounded.quantile)) return null;
    return `metric "${id}": expected a finite quantile, found ${unbounded.quantile}`;
  }
  const figures =
    kind === "ratio"
      ? ownOf(arm.ratios, id)
      : kind === "quantile"
        ? quantileOf(arm, id)
        : momentsOf(arm, id);
  if (figures === undefined) return `has no figures of metric "${id}"`;
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value !== "number" || Number.isFinite(value)) continue;
    return `metric "${id}": expected a finite ${name}, found ${value}`;
  }
  if (kind === "share") {
    const { sum, n } = arm.outcomes[id]!;
    if (sum < 0 || sum > n) return `metric "${id}": ${sum} of ${n} is no share`;
  }
  if (kind === "quantile") {
    const { lower, quantile, upper } = arm.quantiles![id]!;
    if (lower <= quantile && quantile <= upper) return null;
    return `metric "${id}": expected the quantile ${quantile} between ${lower} and ${upper}`;
  }
  return null;
}

function momentsOf(arm: StudyArm, id: string): Moments | undefined {
  return ownOf(arm.outcomes, id);
}

function quantileOf(arm: StudyArm, id: string): Record<string, number> | undefined {
  const summary = ownOf(arm.quantiles, id);
  if (summary === undefined) return undefined;
  const { n, quantile, lower, upper } = summary;
  return { n, quantile, lower, upper };
}

/** Segments of one name part users; together they cannot be more than the arm. */
function segmentsProblem(segments: readonly Segment[], arms: readonly StudyArm[]): string | null {
  const seen = new Set<string>();
  const users = new Map<string, number>();
  for (const { by, value, arms: within } of segments) {
    const name = `segment ${by} "${value}"`;
    if (seen.has(name)) return `${name} is there twice: expected each value once`;
    seen.add(name);
    for (const { id, n } of within) {
      const whole = arms.find((arm) => arm.id === id);
      if (whole === undefined) return `${name} has an arm "${id}" that the study has not`;
      const key = JSON.stringify([by, id]);
      users.set(key, (users.get(key) ?? 0) + n);
      if (users.get(key)! <= whole.n) continue;
      const found = formatNumber(users.get(key)!);
      return `segments by ${by} hold ${found} users of arm "${id}", which has ${whole.n}`;
    }
  }
  return null;
}

function readingProblem(
  { guardrails = [], negligible = {}, priors = {}, stratifyBy, plannedUsers }: Reading,
  metrics: readonly Metric[],
  segments: readonly Segment[],
): string | null {
  const known = metrics.map(({ id }) => id);
  const named = [
    ...guardrails.map(({ metric }) => ["a guardrail", metric] as const),
    ...Object.keys(negligible).map((metric) => ["a negligible effect", metric] as const),
    ...Object.keys(priors).map((metric) => ["a prior", metric] as const),
  ];
  for (const [what, metric] of named) {
    if (known.includes(metric)) continue;
    return `${what} of "${metric}": expected one of the metrics "${known.join('", "')}"`;
  }
  const margins = [
    ...guardrails.map(({ metric, margin }) => ["guardrail", metric, margin] as const),
    ...Object.entries(negligible).map(([id, margin]) => ["negligible effect", id, margin] as const),
  ];
  for (const [what, metric, margin] of margins) {
    if (margin > 0 && Number.isFinite(margin)) continue;
    return `${what} of "${metric}": expected a margin above 0, found ${margin}`;
  }
  if (plannedUsers !== undefined && !(plannedUsers > 0 && Number.isFinite(plannedUsers))) {
    return `expected planned users above 0, found ${plannedUsers}`;
  }
  const names = [...new Set(segments.map(({ by }) => by))];
  if (stratifyBy === undefined || names.includes(stratifyBy)) return null;
  const found = names.length === 0 ? "no segments" : `segments by ${names.join(", ")}`;
  return `stratified by "${stratifyBy}": expected a segment of that name, found ${found}`;
}
