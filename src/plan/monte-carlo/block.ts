// Campaigns drawn block by block. A block depends on the job and on where it begins, not on who
// runs it, so that threads may share the work and the result stays the same to the last bit.
import { QuantileSketch, type SketchParts } from "../../stats/quantile-sketch.ts";
import {
  type Assumption,
  type AssumptionSet,
  type Correlation,
  createAssumptionSet,
} from "../assumptions/index.ts";
import { CampaignModel } from "../model/campaign.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { Binding, chancesOf } from "./bind.ts";
import { columnsOf, writeRow } from "./columns.ts";
import type { Override } from "./scenario.ts";

/** Rows of the first draws are kept whole: for pictures of dependence, and for what follows. */
export const ROWS_KEPT = 4096;

/** Of so many draws every hour is kept. */
export const HOURS_KEPT = 512;

/** What to draw; plain data, since threads send it. */
export interface DrawJob {
  readonly terms: HourlyTerms;
  readonly assumptions: readonly Assumption[];
  readonly correlations: readonly Correlation[];
  readonly overrides: readonly Override[];
  readonly seed: string;
}

export interface DrawTask {
  readonly job: DrawJob;
  readonly from: number;
  readonly count: number;
}

export interface DrawBlock {
  readonly sketches: readonly SketchParts[];
  /** Sums of the columns. */
  readonly sums: Float64Array;
  /** Rows of the draws below ROWS_KEPT, one after another. */
  readonly rows: Float64Array;
  /** Money spent by hour, of the draws below HOURS_KEPT. */
  readonly hours: Float64Array;
}

/** The assumptions of a job with chance itself among them. */
export function setOf(job: DrawJob): AssumptionSet {
  const list = [...job.assumptions, ...chancesOf(job.terms)];
  return createAssumptionSet(list, job.correlations, job.seed);
}

export function drawCampaigns({ job, from, count }: DrawTask): DrawBlock {
  const set = setOf(job);
  const binding = new Binding(set, job.terms, job.overrides);
  const model = new CampaignModel(job.terms);
  const values = new Float64Array(set.list.length);
  const { list, summed } = columnsOf(job.terms);
  const columns = list.length;
  const sketches = Array.from({ length: summed }, () => new QuantileSketch());
  const sums = new Float64Array(summed);
  const row = new Float64Array(columns);
  const kept = keptOf(from, count, ROWS_KEPT);
  const rows = new Float64Array(kept * columns);
  const width = job.terms.hourWeights.length;
  const hours = new Float64Array(keptOf(from, count, HOURS_KEPT) * width);
  for (let i = 0; i < count; i++) {
    set.draw(from + i, values);
    const out = model.run(binding.fill(values));
    writeRow(out, row);
    for (let k = 0; k < summed; k++) {
      sketches[k]!.add(row[k]!);
      sums[k] = sums[k]! + row[k]!;
    }
    if (i < kept) rows.set(row, i * columns);
    if ((i + 1) * width <= hours.length) hours.set(out.spentByHour, i * width);
  }
  return { sketches: sketches.map((sketch) => sketch.parts()), sums, rows, hours };
}

/** Draws of a block that are below a bound. */
function keptOf(from: number, count: number, bound: number): number {
  return Math.max(0, Math.min(count, bound - from));
}
