// Things that happen some time after a beginning, as counts by day of the beginning and by age,
// with what has not happened yet as a cell of its own: who began an hour ago has had an hour.
import type { AgeCount } from "./journal-reading.ts";

/** Ages in hours; cells are finer where most of it happens. */
const EDGES: readonly number[] = [0, 1, 3, 6, 12, 24, 48, 96, 192, 384, Number.POSITIVE_INFINITY];

interface Cohort {
  readonly hour: number;
  readonly count: number;
  /** Hours that it has had. */
  readonly had: number;
  readonly row: number;
}

export class AgeCells {
  readonly observed: Float64Array;
  readonly all: number;
  private readonly cohorts: readonly Cohort[];
  private readonly bins = EDGES.length - 1;
  private readonly hasOpen: boolean;

  /**
   * @param had hours that those have had who began in an hour
   * @param began how many began, by hour; null: everybody is among the counts, who not yet too
   */
  constructor(
    counts: readonly AgeCount[],
    had: (hour: number) => number,
    began: readonly { readonly hour: number; readonly count: number }[] | null = null,
  ) {
    this.hasOpen = began === null;
    const sizes = new Map<number, number>();
    for (const { hour, count } of began ?? counts) sizes.set(hour, (sizes.get(hour) ?? 0) + count);
    const rows = new Map<number, number>();
    this.cohorts = [...sizes]
      .sort(([a], [b]) => a - b)
      .filter(([hour]) => had(hour) > 0)
      .map(([hour, count]) => {
        const day = Math.floor(hour / 24);
        if (!rows.has(day)) rows.set(day, rows.size);
        return { hour, count, had: had(hour), row: rows.get(day)! };
      });
    this.all = this.cohorts.reduce((sum, { count }) => sum + count, 0);
    const known = new Map(this.cohorts.map((cohort) => [cohort.hour, cohort.row]));
    this.observed = new Float64Array(rows.size * (this.bins + 1));
    for (const { hour, age, count } of counts) {
      const row = known.get(hour);
      if (row === undefined || (age === null && !this.hasOpen)) continue;
      this.observed[row * (this.bins + 1) + (age === null ? this.bins : binOf(age))]! += count;
    }
  }

  /**
   * Writes the expected counts, when so much per head has happened by an age.
   * @param by rising from 0; `total` per head in all
   */
  expect(by: (age: number) => number, into: Float64Array): void {
    into.fill(0);
    for (const { count, had, row } of this.cohorts) {
      let before = 0;
      for (let bin = 0; bin < this.bins && EDGES[bin]! < had; bin++) {
        const upTo = by(Math.min(EDGES[bin + 1]!, had));
        into[row * (this.bins + 1) + bin]! += count * (upTo - before);
        before = upTo;
      }
      if (this.hasOpen) into[row * (this.bins + 1) + this.bins]! += count * (1 - before);
    }
  }

  /** Mean part of what will happen that had time to, if `by` rises to 1. */
  seen(by: (age: number) => number): number {
    let sum = 0;
    for (const { count, had } of this.cohorts) sum += count * by(had);
    return this.all > 0 ? sum / this.all : 0;
  }
}

/** An age of whole hours lies in the middle of its hour. */
function binOf(age: number): number {
  let bin = 0;
  while (EDGES[bin + 1]! <= age) bin += 1;
  return bin;
}
