// From `units` to a study: the sums of each arm, by segment too, and how they are to be read.

import { summarizeQuantile, summarizeRatio } from "../../stats/index.ts";
import type { Metric } from "../../verdict/metric.ts";
import { digitsOf, digitsOfError } from "../../verdict/metric-digits.ts";
import { quoteName, quoteText } from "../columns.ts";
import {
  type ReducedArm,
  type Reduction,
  reduceMoments,
  reduceSegments,
} from "../reduce-moments.ts";
import { reduceSums } from "../reduce-sums.ts";
import { fileProblem } from "../source-file.ts";
import type { History, Reading, Segment, Study, StudyArm } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";
import { quantileArms } from "./quantile-arms.ts";
import { metricColumns, segmentColumn, UNITS } from "./unit-columns.ts";

export interface UnitsStudy {
  readonly title: string;
  readonly estimand: Study["estimand"];
  /** SQL that picks its users. */
  readonly where: string;
  /** The control first; planned weights on any scale. */
  readonly arms: readonly { readonly id: string; readonly weight: number }[];
  readonly ownAllocator: boolean;
  readonly areWeightsAssumed: boolean;
  readonly areClaimsKnown: boolean;
  readonly source: string;
}

/** Null where there are no held-out or no treated users. */
export async function readUnits(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  question: UnitsStudy,
): Promise<Study | null> {
  const reduction = reductionOf(plan, question);
  const reduced = await reduceMoments(warehouse, reduction);
  requireKnownArms(question, reduced);
  const sizes = new Map([...reduced].map(([id, { n }]) => [id, n]));
  const quantiles = await quantilesOf(warehouse, plan, question, sizes);
  const arms = armsOf(question, reduced, (id) => quantiles.get(id));
  const [control, ...treatments] = arms;
  if (control?.id !== question.arms[0]!.id || treatments.length === 0) return null;
  const segments = await segmentsOf(warehouse, plan, question, reduction);
  return {
    ...{ title: question.title, estimand: question.estimand, source: question.source },
    randomised: plan.isRandomised,
    ownAllocator: question.ownAllocator,
    metrics: await metricsOf(warehouse, plan, question.where, control),
    ...{ control, treatments, segments, reading: readingOf(plan, question.estimand) },
    ...(question.areWeightsAssumed ? { areWeightsAssumed: true } : {}),
    histories: historiesOf(plan),
  };
}

/** Metrics may share a number of before; each is there once. */
function historiesOf({ metrics }: MeasurementPlan): History[] {
  const found = new Map<string, History>();
  for (const { id, title, before, source } of metrics) {
    if (before === null) continue;
    const of = "days" in before && source.from === "log" ? [source.log, source.value] : [];
    const key = JSON.stringify([before, of]);
    if (!found.has(key)) found.set(key, { metric: id, title: `${title} before` });
  }
  return [...found.values()];
}

/** What is summed of `units` for shares, means and ratios. */
export function reductionOf(
  plan: MeasurementPlan,
  question: Pick<UnitsStudy, "where" | "areClaimsKnown">,
): Reduction {
  const plain = plan.metrics.filter(({ kind }) => kind === "share" || kind === "mean");
  const column = (metric: PlanMetric) => metricColumns(plan, metric);
  return {
    ...{ table: UNITS, where: question.where, arm: "arm" },
    values: plain.map((metric) => ({
      ...{ id: metric.id, sql: quoteName(column(metric).value), isShare: metric.kind === "share" },
      ...(metric.before === null ? {} : { before: quoteName(column(metric).before) }),
    })),
    ratios: plan.metrics
      .filter(({ kind }) => kind === "ratio")
      .map((metric) => ({
        ...{ id: metric.id, above: quoteName(column(metric).value) },
        below: quoteName(column(metric).below),
      })),
    claimed: question.areClaimsKnown ? "claimed" : null,
  };
}

function requireKnownArms(
  { arms, source }: UnitsStudy,
  reduced: ReadonlyMap<string, unknown>,
): void {
  const unknown = [...reduced.keys()].find((id) => !arms.some((arm) => arm.id === id));
  if (unknown === undefined) return;
  const known = arms.map(({ id }) => id).join(", ");
  throw fileProblem(source, "", `expected the arms ${known}, found "${unknown}"`);
}

/** An arm's quantiles, with bounds and without. */
type ArmQuantileFigures = Pick<StudyArm, "quantiles" | "unboundedQuantiles">;

function armsOf(
  question: UnitsStudy,
  reduced: ReadonlyMap<string, ReducedArm>,
  quantilesOfArm: (id: string) => ArmQuantileFigures | undefined,
): StudyArm[] {
  return question.arms.flatMap(({ id, weight }): StudyArm[] => {
    const found = reduced.get(id);
    return found === undefined ? [] : [{ id, weight, ...found, ...quantilesOfArm(id) }];
  });
}

/** @param group SQL of what `sizes` are by; absent: the arm */
async function quantilesOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  group: { readonly where: string; readonly group?: string },
  sizes: ReadonlyMap<string, number>,
): Promise<Map<string, ArmQuantileFigures>> {
  const found = new Map<string, ArmQuantileFigures>();
  for (const metric of plan.metrics) {
    const { source, id } = metric;
    if (source.from !== "quantile") continue;
    const { value } = metricColumns(plan, metric);
    const arms = await quantileArms(warehouse, group, value, source.at, sizes);
    for (const [arm, summary] of arms.bounded) {
      const own = found.get(arm);
      found.set(arm, { ...own, quantiles: { ...own?.quantiles, [id]: summary } });
    }
    for (const [arm, quantile] of arms.unbounded) {
      const own = found.get(arm);
      const unboundedQuantiles = { ...own?.unboundedQuantiles, [id]: quantile };
      found.set(arm, { ...own, unboundedQuantiles });
    }
  }
  return found;
}

/** No arm's id holds this, so that value and arm can be one key. */
const BETWEEN = "\u001f";

async function segmentsOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  question: UnitsStudy,
  reduction: Reduction,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const by of plan.segments) {
    const column = quoteName(segmentColumn(plan, by));
    const found = await reduceSegments(warehouse, { ...reduction, claimed: null }, column);
    const sizes = new Map(
      [...found].flatMap(([value, arms]) =>
        [...arms].map(([arm, { n }]) => [`${value}${BETWEEN}${arm}`, n] as const),
      ),
    );
    const group = `${column} || ${quoteText(BETWEEN)} || arm`;
    const quantiles = await quantilesOf(warehouse, plan, { where: question.where, group }, sizes);
    for (const [value, arms] of found) {
      const own = (arm: string) => quantiles.get(`${value}${BETWEEN}${arm}`);
      segments.push({ by, value, arms: armsOf(question, arms, own) });
    }
  }
  return segments;
}

async function metricsOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  where: string,
  control: StudyArm,
): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const metric of plan.metrics) {
    const { id, title, kind, unit } = metric;
    const digits = metric.digits ?? controlDigits(metric, control);
    const base = { id, title, kind, unit, digits };
    const clamp = metric.clamp === null ? null : await clampOf(warehouse, plan, metric, where);
    metrics.push(clamp === null ? base : { ...base, clamp });
  }
  return metrics;
}

function controlDigits({ id, kind }: PlanMetric, control: StudyArm): number {
  const pair = control.ratios?.[id];
  const quantile = control.quantiles?.[id];
  if (kind === "ratio" && pair !== undefined && pair.n >= 2 && pair.sumY > 0) {
    const { variance, n } = summarizeRatio(pair);
    return digitsOfError(Math.sqrt(variance / n));
  }
  if (kind === "quantile" && quantile !== undefined) {
    const { variance, n } = summarizeQuantile(quantile);
    return digitsOfError(Math.sqrt(variance / n));
  }
  return digitsOf(control.outcomes[id]);
}

async function clampOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  metric: PlanMetric,
  where: string,
): Promise<NonNullable<Metric["clamp"]>> {
  const { value, unbounded } = metricColumns(plan, metric);
  const [now, was] = [quoteName(value), quoteName(unbounded)];
  const [sums] = await reduceSums(warehouse, {
    ...{ table: UNITS, where, groups: [], products: [], mostGroups: 1 },
    numbers: new Map([
      ["clamped", `CASE WHEN ${was} <> ${now} THEN 1 ELSE 0 END`],
      ["removed", `${was} - ${now}`],
    ]),
  });
  const [lower, upper] = metric.clamp!;
  return { lower, upper, clamped: sums!.sum("clamped"), removed: sums!.sum("removed") };
}

/** What the plan fixed about how effects of a question are read. */
export function readingOf(plan: MeasurementPlan, question: Study["estimand"]): Reading {
  const { guardrails, negligible, stratifyBy, plannedUsers: users } = plan;
  const plannedUsers = typeof users === "object" ? users[question] : users;
  return {
    ...{ guardrails, negligible },
    ...(stratifyBy === null ? {} : { stratifyBy }),
    ...(plannedUsers === undefined ? {} : { plannedUsers }),
  };
}
