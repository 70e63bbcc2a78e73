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
import { gridOf } from "../model/grid.ts";
import type { HourlyTerms } from "../model/terms.ts";
import { Binding, chancesOf } from "./bind.ts";
import { columnsOf, writeRow } from "./columns.ts";
import type { Override } from "./scenario.ts";

/** Rows of the first draws are kept whole: for pictures of dependence, and for what follows. */
export const ROWS_KEPT = 4096;

/** Of so many draws every hour is kept, as the steps in which the campaign is computed. */
export const HOURS_KEPT = 512;

/** Rows that are summed up at a time, column by column: as many as stay in the cache. */
const ROWS_AT_ONCE = 128;

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
  /** Money spent by the end of each step, of the draws below HOURS_KEPT. */
  readonly steps: Float64Array;
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
  const kept = keptOf(from, count, ROWS_KEPT);
  const rows = new Float64Array(kept * columns);
  const some = new Float64Array(ROWS_AT_ONCE * columns);
  const width = gridOf(job.terms).count;
  const steps = new Float64Array(keptOf(from, count, HOURS_KEPT) * width);
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    const now = Math.min(ROWS_AT_ONCE, count - first);
    for (let i = 0; i < now; i++) {
      set.draw(from + first + i, values);
      const out = model.run(binding.fill(values));
      writeRow(out, some, i * columns);
      const at = (first + i) * width;
      if (at < steps.length) steps.set(out.spentByStep, at);
    }
    for (let k = 0; k < summed; k++) {
      sketches[k]!.addEach(some, k, columns, now);
      sums[k] = sumOf(some, k, columns, now, sums[k]!);
    }
    const left = Math.min(now, kept - first);
    if (left > 0) rows.set(some.subarray(0, left * columns), first * columns);
  }
  return { sketches: sketches.map((sketch) => sketch.parts()), sums, rows, steps };
}

function sumOf(
  rows: Float64Array,
  column: number,
  columns: number,
  count: number,
  before: number,
): number {
  let sum = before;
  for (let i = 0, at = column; i < count; i++, at += columns) sum += rows[at]!;
  return sum;
}

/** Draws of a block that are below a bound. */
function keptOf(from: number, count: number, bound: number): number {
  return Math.max(0, Math.min(count, bound - from));
}
