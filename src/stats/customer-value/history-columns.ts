// A table of histories in columns, and its numbers as places in lists of the distinct ones: days
// repeat, so a likelihood takes its logarithms once a day rather than once a customer.
import { ascendingOrder } from "../ascending-order.ts";
import { columnOf, type HistoryTable } from "./history.ts";

/** The distinct numbers of a column, ascending, and for each row the place of its own. */
export interface Distinct {
  readonly values: Float64Array;
  readonly at: Int32Array;
}

/** Rows in the order of the table. */
export interface HistoryColumns {
  readonly customers: Float64Array;
  readonly repeats: Distinct;
  readonly recency: Distinct;
  readonly age: Distinct;
}

export function historyColumns({ rows }: HistoryTable): HistoryColumns {
  return {
    customers: columnOf(rows, (row) => row.customers),
    repeats: distinct(columnOf(rows, (row) => row.repeats)),
    recency: distinct(columnOf(rows, (row) => row.recency)),
    age: distinct(columnOf(rows, (row) => row.age)),
  };
}

/** For each distinct number the sum of `weights` over its rows. */
export function sumBy({ values, at }: Distinct, weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length);
  for (let i = 0; i < at.length; i++) sums[at[i]!]! += weights[i]!;
  return sums;
}

function distinct(numbers: Float64Array): Distinct {
  const values: number[] = [];
  const at = new Int32Array(numbers.length);
  for (const row of ascendingOrder(numbers)) {
    if (values.at(-1) !== numbers[row]) values.push(numbers[row]!);
    at[row] = values.length - 1;
  }
  return { values: Float64Array.from(values), at };
}
