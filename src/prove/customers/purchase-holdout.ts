// The tail that was held back: what each model expected of it, in total and by how often customers
// had bought before, beside what happened.
import type { Fit } from "../../stats/index.ts";
import type { CustomerModel } from "./customer-models.ts";
import type { CustomerFile } from "./customer-rows.ts";

export interface HoldoutReading {
  readonly predicted: number;
  /** predicted / actual - 1; null without actual purchases. */
  readonly errorRatio: number | null;
  /** Mean over customers of |predicted - actual|. */
  readonly meanAbsoluteError: number;
}

export interface HoldoutGroup {
  readonly repeats: number;
  /** Whether customers with more repeats are in it too. */
  readonly orMore: boolean;
  readonly customers: number;
  /** Mean purchases a customer in the hold-out: actual, and by model. */
  readonly actual: number;
  readonly predicted: Readonly<Record<string, number>>;
}

export interface HoldoutTable {
  readonly time: number;
  readonly actual: number;
  readonly readings: Readonly<Record<string, HoldoutReading>>;
  readonly groups: readonly HoldoutGroup[];
}

/** Customers with this many repeats or more are one group. */
const LAST_GROUP = 7;

export function holdoutTable(
  file: Extract<CustomerFile, { kind: "log" | "summary" }>,
  models: readonly CustomerModel[],
  fits: readonly Fit<string>[],
): HoldoutTable | null {
  const { holdoutTime, rows } = file;
  if (holdoutTime === null) return null;
  const sums = Array.from({ length: LAST_GROUP + 1 }, () => ({ customers: 0, actual: 0 }));
  for (const row of rows) {
    const sum = sums[Math.min(LAST_GROUP, row.repeats)]!;
    sum.customers += row.customers;
    sum.actual += row.customers * (row.held ?? 0);
  }
  const actual = sums.reduce((total, sum) => total + sum.actual, 0);
  const customers = sums.reduce((total, sum) => total + sum.customers, 0);
  const readings: Record<string, HoldoutReading> = {};
  const byGroup = sums.map((): Record<string, number> => ({}));
  for (const [i, model] of models.entries()) {
    const fit = fits[i]!;
    if (fit.kind === "unidentified") continue;
    let [predicted, off] = [0, 0];
    const known = new Map<string, number>();
    for (const row of rows) {
      const key = `${row.repeats} ${row.recency} ${row.age}`;
      const one = known.get(key) ?? model.purchases(fit.parameters, row, holdoutTime);
      known.set(key, one);
      predicted += row.customers * one;
      off += row.customers * Math.abs(one - (row.held ?? 0));
      const group = byGroup[Math.min(LAST_GROUP, row.repeats)]!;
      group[model.id] = (group[model.id] ?? 0) + row.customers * one;
    }
    const errorRatio = actual === 0 ? null : predicted / actual - 1;
    readings[model.id] = { predicted, errorRatio, meanAbsoluteError: off / customers };
  }
  const groups = sums.flatMap((sum, repeats) => {
    if (sum.customers === 0) return [];
    const means = Object.entries(byGroup[repeats]!).map(([id, all]) => [id, all / sum.customers]);
    return {
      repeats,
      orMore: repeats === LAST_GROUP,
      customers: sum.customers,
      actual: sum.actual / sum.customers,
      predicted: Object.fromEntries(means) as Record<string, number>,
    };
  });
  return { time: holdoutTime, actual, readings, groups };
}
