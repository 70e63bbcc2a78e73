// What users do without a campaign, from a file of the past: a row a user, a column a metric. Its
// means and spreads are what a plan's reach is reckoned from.
import {
  covariance,
  marginal,
  type PairMoments,
  summarizeMoments,
  summarizeQuantile,
  summarizeRatio,
} from "../../stats/index.ts";
import { quoteName } from "../columns.ts";
import type { MetricBasis } from "../planned.ts";
import { reduceMoments } from "../reduce-moments.ts";
import { loadSource, refuseCells, type SourceTable } from "../source-file.ts";
import { clampedSql } from "../sql/campaign-units.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";
import { numberChecks } from "./outcome-units.ts";
import { quantileArms } from "./quantile-arms.ts";
import { reductionOf } from "./read-units.ts";
import { metricColumns, UNITS } from "./unit-columns.ts";

const HISTORY = "history rows";
const ARM = "'history'";

/** By metric id, of those whose columns the file has. Throws `invalid_file` for bad cells. */
export async function readHistory(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  file: string,
): Promise<Map<string, MetricBasis>> {
  const source = await loadSource(warehouse, file, HISTORY);
  const found = plan.metrics.flatMap((metric) => {
    const columns = columnsOf(metric, source);
    return columns === null ? [] : [{ metric, columns }];
  });
  const basis = new Map<string, MetricBasis>();
  if (found.length === 0) return basis;
  // What the file does not have is not asked of it, such as numbers of before.
  const metrics = found.map(({ metric, columns }) => ({
    ...metric,
    before: columns.before === null ? null : { column: columns.before },
  }));
  const part: MeasurementPlan = { ...plan, metrics };
  await refuseCells(
    warehouse,
    source,
    found.flatMap(({ metric, columns }) =>
      [columns.value, columns.below, columns.before]
        .filter((column) => column !== null)
        .flatMap((column) => numberChecks(source, { column, isShare: metric.kind === "share" })),
    ),
  );
  await warehouse.run(
    unitsSql(
      part,
      found.map(({ columns }) => columns),
    ),
  );
  const reduction = reductionOf(part, { where: "true", areClaimsKnown: false });
  const arm = (await reduceMoments(warehouse, reduction)).get("history")!;
  for (const metric of metrics) {
    const { id, kind, source: from } = metric;
    const flat = { from: "history" as const, explained: null };
    if (from.from === "quantile") {
      const sizes = new Map([["history", arm.n]]);
      const value = metricColumns(part, metric).value;
      const { bounded } = await quantileArms(warehouse, { where: "true" }, value, from.at, sizes);
      const summary = bounded.get("history");
      if (summary === undefined) continue;
      const { mean, variance } = summarizeQuantile(summary);
      basis.set(id, { level: mean, deviation: Math.sqrt(variance), ...flat });
    } else if (kind === "ratio") {
      const { mean, variance } = summarizeRatio(arm.ratios![id]!);
      basis.set(id, { level: mean, deviation: Math.sqrt(variance), ...flat });
    } else {
      const { mean, variance } = summarizeMoments(arm.outcomes[id]!);
      const before = arm.before?.[id];
      const explained = before === undefined ? null : explainedPart(before);
      const left = variance * (1 - (explained ?? 0));
      basis.set(id, { level: mean, deviation: Math.sqrt(left), from: "history", explained });
    }
  }
  return basis;
}

/** Squared correlation; 0 where one of both does not vary. */
function explainedPart(pair: PairMoments): number {
  const [x, y] = [summarizeMoments(marginal(pair, "x")), summarizeMoments(marginal(pair, "y"))];
  if (x.variance === 0 || y.variance === 0) return 0;
  return covariance(pair) ** 2 / (x.variance * y.variance);
}

interface HistoryColumns {
  readonly value: string;
  readonly below: string | null;
  readonly before: string | null;
}

/** A metric's own column, or one of its id; null where the file has none. */
function columnsOf(
  { id, source, before }: PlanMetric,
  { columns }: SourceTable,
): HistoryColumns | null {
  const has = (name: string): boolean => columns.includes(name);
  if (source.from === "ratio") {
    const { above, below } = source;
    return has(above) && has(below) ? { value: above, below, before: null } : null;
  }
  const own = source.from === "log" ? id : source.column;
  const value = [own, id].find(has);
  if (value === undefined) return null;
  const past = before !== null && "column" in before && has(before.column) ? before.column : null;
  return { value, below: null, before: past };
}

/** The history as `units`, so that it is read as a campaign's users are. */
function unitsSql(plan: MeasurementPlan, columns: readonly HistoryColumns[]): string {
  const numbers = plan.metrics.flatMap((metric, i) => {
    const names = metricColumns(plan, metric);
    const { value, below, before } = columns[i]!;
    const cast = (column: string): string => `CAST(${quoteName(column)} AS DOUBLE)`;
    const { clamp } = metric;
    const bounds = clamp === null ? null : { bounds: clamp, kept: names.unbounded };
    return [
      clampedSql(cast(value), names.value, bounds),
      ...(below === null ? [] : [`${cast(below)} AS ${quoteName(names.below)}`]),
      ...(before === null ? [] : [`${cast(before)} AS ${quoteName(names.before)}`]),
    ];
  });
  return `CREATE OR REPLACE TABLE ${UNITS} AS
SELECT ${[`${ARM} AS arm`, ...numbers].join(",\n  ")} FROM ${quoteName(HISTORY)}`;
}
