// What customers may bring within a horizon, in total: purchases, discounted purchases and, with a
// model of spend, discounted value. For the file as it is and for each bootstrap replicate of it.
import {
  type GammaGammaParameters,
  gammaGammaExpected,
  gammaGammaMean,
  type SpendHistory,
} from "../../stats/index.ts";
import type { CustomerModel, NamedParameters } from "./customer-models.ts";
import { type CustomerQuestion, ratePerUnit } from "./customer-question.ts";
import type { CustomerRow } from "./customer-rows.ts";

/** What the models know of a customer, or of as many alike as `customers` says. */
export type CustomerHistory = Pick<
  CustomerRow,
  "repeats" | "recency" | "age" | "customers" | "meanValue"
>;

/** How far ahead, and how much less what comes later counts. */
export type Outlook = Pick<CustomerQuestion, "horizon" | "unit" | "yearlyDiscount">;

/** [purchases, discounted purchases], and the discounted value where there is one. */
export function totalsOf(
  model: CustomerModel,
  parameters: NamedParameters,
  money: GammaGammaParameters | null,
  rows: readonly CustomerHistory[],
  outlook: Outlook,
): number[] {
  const expected = expectations(model, parameters, outlook);
  let [purchases, discounted, value] = [0, 0, 0];
  for (const row of rows) {
    const one = expected(row);
    purchases += row.customers * one[0];
    discounted += row.customers * one[1];
    if (money !== null) value += row.customers * one[1] * (purchaseValue(money, row) ?? Number.NaN);
  }
  return money === null || Number.isNaN(value)
    ? [purchases, discounted]
    : [purchases, discounted, value];
}

export type Expectation = (
  row: CustomerHistory,
) => readonly [purchases: number, discounted: number];

/** What a customer may bring within the horizon; computed once for equal histories. */
export function expectations(
  model: CustomerModel,
  parameters: NamedParameters,
  { horizon, unit, yearlyDiscount }: Outlook,
): Expectation {
  const rate = ratePerUnit(yearlyDiscount, unit);
  const known = new Map<string, readonly [number, number]>();
  return (row) => {
    const key = `${row.repeats} ${row.recency} ${row.age}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const purchases = model.purchases(parameters, row, horizon);
    const found = [purchases, model.discounted(parameters, row, { rate, horizon })] as const;
    known.set(key, found);
    return found;
  };
}

/** The mean value of a purchase to come; null where the model of spend has none. */
export function purchaseValue(
  money: GammaGammaParameters,
  { repeats, meanValue }: CustomerHistory,
): number | null {
  return meanValue === null ? gammaGammaMean(money) : gammaGammaExpected(money, repeats, meanValue);
}

export function spendOf(rows: readonly CustomerHistory[]): SpendHistory[] {
  return rows.flatMap(({ repeats, meanValue, customers }) =>
    meanValue === null ? [] : [{ purchases: repeats, meanValue, customers }],
  );
}
