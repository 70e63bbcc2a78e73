// What all draws of a campaign say together: quantiles, means and chances of each number, and the
// rows of the first draws.

import { assert } from "../../base/assert.ts";
import type { Uncertain } from "../../stats/draws.ts";
import { QuantileSketch } from "../../stats/quantile-sketch.ts";
import { CampaignModel } from "../model/campaign.ts";
import { byEndOf, byHour, type Grid, gridOf } from "../model/grid.ts";
import { Binding } from "./bind.ts";
import {
  type DrawBlock,
  type DrawJob,
  type DrawTask,
  HOURS_KEPT,
  ROWS_KEPT,
  setOf,
} from "./block.ts";
import { type Column, columnsOf, writeRow } from "./columns.ts";

/** A number of the plan: at the point of every assumption, and its central interval. */
export interface PlannedNumber {
  readonly point: number;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** Of intervals in a plan. */
export const PLAN_LEVEL = 0.9;

/** The draws of a job as tasks; how they are cut depends on their number alone. */
export function tasksOf(job: DrawJob, draws: number): DrawTask[] {
  const size = Math.max(1000, Math.ceil(draws / 200));
  return Array.from({ length: Math.ceil(draws / size) }, (_, i) => ({
    job,
    from: i * size,
    count: Math.min(size, draws - i * size),
  }));
}

export class CampaignSample {
  readonly job: DrawJob;
  readonly columns: readonly Column[];
  readonly draws: number;
  /** Rows of the first draws: rowCount times columns.length numbers. */
  readonly rows: Float64Array;
  readonly rowCount: number;
  private readonly sketches: readonly QuantileSketch[];
  private readonly sums: Float64Array;
  private readonly ordinals: ReadonlyMap<string, number>;
  /** Money spent by the end of each step, of the first draws. */
  private readonly steps: Float64Array;
  private rowsFilled = 0;
  private stepsFilled = 0;
  private pointsRow: Float64Array | null = null;
  private readonly grid: Grid;

  /** @param blocks of all tasks, in their order; others may be added */
  constructor(job: DrawJob, draws: number, blocks: readonly DrawBlock[] = []) {
    this.job = job;
    this.draws = draws;
    const { list, summed } = columnsOf(job.terms);
    this.columns = list;
    this.ordinals = new Map(this.columns.map(({ id }, i) => [id, i]));
    this.sketches = Array.from({ length: summed }, () => new QuantileSketch());
    this.sums = new Float64Array(summed);
    this.rowCount = Math.min(draws, ROWS_KEPT);
    this.rows = new Float64Array(this.rowCount * list.length);
    this.grid = gridOf(job.terms);
    this.steps = new Float64Array(Math.min(draws, HOURS_KEPT) * this.grid.count);
    for (const block of blocks) this.add(block);
  }

  /** Takes up the block of the next task. */
  add({ sketches, sums, rows, steps }: DrawBlock): void {
    for (let k = 0; k < sums.length; k++) {
      this.sketches[k]!.merge(sketches[k]!);
      this.sums[k] = this.sums[k]! + sums[k]!;
    }
    this.rows.set(rows, this.rowsFilled);
    this.rowsFilled += rows.length;
    this.steps.set(steps, this.stepsFilled);
    this.stepsFilled += steps.length;
  }

  /** Money spent by the end of an hour, of each of the first draws. */
  spentBy(hour: number): Float64Array {
    const { grid, steps } = this;
    const spent = new Float64Array(steps.length / grid.count);
    for (let i = 0; i < spent.length; i++) spent[i] = byEndOf(grid, hour, steps, i * grid.count);
    return spent;
  }

  /** The same of all hours, one draw after another. */
  get hours(): Float64Array {
    const { grid, steps } = this;
    const width = this.job.terms.hourWeights.length;
    const draws = steps.length / grid.count;
    const hours = new Float64Array(draws * width);
    for (let i = 0; i < draws; i++) {
      const own = steps.subarray(i * grid.count, (i + 1) * grid.count);
      hours.set(byHour(grid, own), i * width);
    }
    return hours;
  }

  number(id: string, level: number = PLAN_LEVEL): PlannedNumber {
    return {
      point: this.points[this.ordinal(id)]!,
      median: this.quantile(id, 0.5),
      lower: this.quantile(id, (1 - level) / 2),
      upper: this.quantile(id, (1 + level) / 2),
    };
  }

  quantile(id: string, q: number): number {
    return this.sketch(id).quantile(q);
  }

  mean(id: string): number {
    return this.sums[this.ordinal(id)]! / this.draws;
  }

  /** Chance that a number is at most `bound`. */
  shareAtMost(id: string, bound: number): number {
    return this.sketch(id).shareAtMost(bound);
  }

  /** A number in each of the kept rows. */
  column(id: string): Float64Array {
    const at = this.ordinal(id);
    const width = this.columns.length;
    return Float64Array.from({ length: this.rowCount }, (_, i) => this.rows[i * width + at]!);
  }

  uncertain(id: string): Uncertain {
    return { point: this.points[this.ordinal(id)]!, draws: this.column(id) };
  }

  private get points(): Float64Array {
    this.pointsRow ??= rowAtPoints(this.job);
    return this.pointsRow;
  }

  private sketch(id: string): QuantileSketch {
    const sketch = this.sketches[this.ordinal(id)];
    assert(sketch !== undefined, `${id} is kept in rows alone`);
    return sketch;
  }

  private ordinal(id: string): number {
    const at = this.ordinals.get(id);
    assert(at !== undefined, `expected a number of the plan, got ${id}`);
    return at;
  }
}

/** The campaign at the point of every assumption. */
function rowAtPoints(job: DrawJob): Float64Array {
  const set = setOf(job);
  const binding = new Binding(set, job.terms, job.overrides);
  const row = new Float64Array(columnsOf(job.terms).list.length);
  writeRow(new CampaignModel(job.terms).run(binding.fill(set.points.slice())), row);
  return row;
}
