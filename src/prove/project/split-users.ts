// One arm's users as sums by bucket, and what reads splits of them: every metric of the plan by the
// estimator that the report uses for it.
import {
  addMoments,
  addPairMoments,
  type Moments,
  meanReader,
  type PairMoments,
  pairReader,
  quantileErrorNoise,
  quantileReader,
  quantileWindow,
  type SplitReader,
} from "../../stats/index.ts";
import { quoteName } from "../columns.ts";
import { type ReducedArm, reduceMoments } from "../reduce-moments.ts";
import { largestDeviations } from "../sql/largest-deviations.ts";
import { type SplitUsersQuestion, splitUsers } from "../sql/split-users.ts";
import { valuesBelowRank, valuesNearRank } from "../sql/values-near-rank.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan, PlanMetric } from "./measurement-plan.ts";
import { reductionOf } from "./read-units.ts";
import { metricColumns, UNITS } from "./unit-columns.ts";

/**
 * So many that the chance of which users share a bucket moves a share of false alarms by .06 points
 * (one in the square root of twice as many, of the standard error), and so few that a thousand
 * splits take seconds.
 */
const BUCKETS = 65_536;

const SPLIT_USERS = "split users";

export interface SplitUsers {
  readonly rows: number;
  /** What is never split: users, or what they belong to. */
  readonly wholes: number;
  readonly buckets: number;
  readonly metrics: readonly SplitMetric[];
}

export interface SplitMetric {
  readonly metric: PlanMetric;
  readonly isAdjusted: boolean;
  readonly read: SplitReader;
  /** Part of the variance that the most extreme row makes; null where that has no meaning. */
  readonly largestPart: number | null;
  /** By how much its standard error may honestly be off on given data, as a part of itself. */
  readonly errorNoise: number;
}

export type SplitQuestion = Pick<SplitUsersQuestion, "where" | "arm" | "clusters"> & {
  /** Part of the users in the smaller fake arm. */
  readonly least: number;
};

/** Null where fewer than two wholes are there to be split. */
export async function readSplitUsers(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  question: SplitQuestion,
): Promise<SplitUsers | null> {
  const { where, arm, clusters } = question;
  const table = { units: UNITS, target: SPLIT_USERS, buckets: BUCKETS };
  await warehouse.run(splitUsers({ ...table, where, arm, clusters }));
  const counted = await warehouse.row(
    `SELECT count(*) AS n, count(DISTINCT whose) AS wholes FROM ${quoteName(SPLIT_USERS)}`,
  );
  const [rows, wholes] = [Number(counted.n), Number(counted.wholes)];
  if (wholes < 2) return null;
  const reduction = reductionOf(plan, { where: "true", areClaimsKnown: false });
  const reduced = await reduceMoments(
    warehouse,
    { ...reduction, table: SPLIT_USERS, arm: "bucket" },
    BUCKETS,
  );
  if (reduced.size < 2) return null;
  const places = new Map([...reduced.keys()].map((bucket, place) => [bucket, place] as const));
  const arms = [...reduced.values()];
  const metrics: SplitMetric[] = [];
  for (const metric of plan.metrics) {
    if (metric.source.from === "quantile") {
      const sizes = Float64Array.from(arms, ({ n }) => n);
      const { at } = metric.source;
      const value = quoteName(metricColumns(plan, metric).value);
      const read = await quantileOf(warehouse, { value, at, places, sizes, rows }, question.least);
      const errorNoise = quantileErrorNoise(wholes, at, question.least);
      metrics.push({ metric, isAdjusted: false, read, largestPart: null, errorNoise });
    } else metrics.push(...(await sumsOf(warehouse, plan, metric, arms)));
  }
  return { rows, wholes, buckets: reduced.size, metrics };
}

async function sumsOf(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  metric: PlanMetric,
  buckets: readonly ReducedArm[],
): Promise<SplitMetric[]> {
  const { id, kind } = metric;
  const { value, below } = metricColumns(plan, metric);
  if (kind === "ratio") {
    const pairs = buckets.map(({ ratios }) => ratios![id]!);
    const all = pairs.reduce(addPairMoments);
    const ratio = all.sumY === 0 ? 0 : all.sumX / all.sumY;
    const { xx, yy, xy } = all.deviations!;
    const spread = xx + ratio ** 2 * yy - 2 * ratio * xy;
    const deviation = `${quoteName(value)} - ${ratio} * ${quoteName(below)}`;
    const largestPart = await partOf(warehouse, deviation, spread);
    return [
      { metric, isAdjusted: false, read: pairReader("ratio", pairs), largestPart, errorNoise: 0 },
    ];
  }
  const moments: Moments[] = buckets.map(({ outcomes }) => outcomes[id]!);
  const plain = kind === "share" ? "share" : "mean";
  const all = moments.reduce(addMoments);
  const deviation = `${quoteName(value)} - ${all.sum / all.n}`;
  const largestPart = kind === "share" ? null : await partOf(warehouse, deviation, all.deviations!);
  const read = meanReader(plain, moments);
  const own = { metric, isAdjusted: false, read, largestPart, errorNoise: 0 };
  if (metric.before === null) return [own];
  const pairs: PairMoments[] = buckets.map(({ before }) => before![id]!);
  return [own, { ...own, isAdjusted: true, read: pairReader("adjusted", pairs) }];
}

/** @param spread sum of all squared deviations */
async function partOf(
  warehouse: Warehouse,
  deviation: string,
  spread: number,
): Promise<number | null> {
  if (!(spread > 0)) return null;
  const { d0 } = await warehouse.row(largestDeviations(SPLIT_USERS, [deviation]));
  return Math.min(1, Number(d0) ** 2 / spread);
}

interface QuantileQuestion {
  readonly value: string;
  readonly at: number;
  readonly places: ReadonlyMap<string, number>;
  readonly sizes: Float64Array;
  readonly rows: number;
}

async function quantileOf(
  warehouse: Warehouse,
  { value, at, places, sizes, rows }: QuantileQuestion,
  least: number,
): Promise<SplitReader> {
  const range = quantileWindow(rows, at, least);
  const [first, last] = range;
  const values = new Float64Array(last - first + 1);
  const buckets = new Int32Array(values.length);
  let i = 0;
  for await (const [bucket, own] of warehouse.stream(valuesNearRank(SPLIT_USERS, value, range))) {
    buckets[i] = places.get(String(bucket))!;
    values[i] = Number(own);
    i += 1;
  }
  const below = new Float64Array(sizes.length);
  for (const row of await warehouse.rows(valuesBelowRank(SPLIT_USERS, value, first))) {
    below[places.get(String(row.bucket))!] = Number(row.below);
  }
  return quantileReader({ q: at, values, buckets, sizes, below });
}
