// What the models of purchases outside a contract have in common, so that one piece of code fits,
// compares and checks them: BG/NBD, MBG/NBD and Pareto/NBD differ in when customers may leave.
import { type Fit, fitLikelihood, type Likelihood, type Parameters, unidentified } from "./fit.ts";
import { type HistoryTable, type PurchaseHistory, scaledTable } from "./history.ts";

/** How later purchases are counted less: e^(-rate * time), up to a horizon. */
export interface Discount {
  /** Continuous rate per unit of time, >= 0; ln(1 + r) for an effective rate r per unit. */
  readonly rate: number;
  /** Units of time from now; Infinity needs a rate above 0. */
  readonly horizon: number;
}

export interface PurchaseModel<Name extends string> {
  readonly id: string;
  readonly title: string;
  readonly names: readonly Name[];
  /** The likelihood of a table, over parameters in the table's own unit of time. */
  likelihood(table: HistoryTable): Likelihood<Name>;
  /** The fit from cold starts, or from parameters that are near already (a bootstrap's). */
  fit(table: HistoryTable, near?: Parameters<Name>): Fit<Name>;
  /** Chance that a customer with this history has not left for good. */
  chanceAlive(parameters: Parameters<Name>, history: PurchaseHistory): number;
  /** Chance of exactly `repeats` repeat purchases in the first `time` of a new customer. */
  chanceOfRepeats(parameters: Parameters<Name>, time: number, repeats: number): number;
  /** Expected repeat purchases of a new customer in the first `time`. */
  expectedRepeats(parameters: Parameters<Name>, time: number): number;
  /** Expected purchases of a customer with this history in the `time` to come. */
  expectedPurchases(parameters: Parameters<Name>, of: PurchaseHistory, time: number): number;
  /** The same, discounted. */
  discountedPurchases(parameters: Parameters<Name>, of: PurchaseHistory, by: Discount): number;
}

/** Fewer repeat customers than this say nothing about how customers differ. */
export const REPEATERS_MIN = 10;

/**
 * Fits a purchase model from cold starts. Times are scaled to a mean age of 10 for the search.
 * @param timeNames the parameters that are times: they scale back
 */
export function fitPurchases<Name extends string>(
  model: PurchaseModel<Name>,
  table: HistoryTable,
  timeNames: readonly Name[],
  near?: Parameters<Name>,
): Fit<Name> {
  if (table.repeaters < REPEATERS_MIN) {
    const have = `${table.repeaters} of ${table.customers} customers bought again`;
    const message = `${have}; the model needs at least ${REPEATERS_MIN}`;
    return unidentified(model.id, "too_few_data", message);
  }
  const factor = 10 / table.meanAge;
  const likelihood = model.likelihood(scaledTable(table, factor));
  const isTime = (name: Name): boolean => timeNames.includes(name);
  const warm = near && model.names.map((name) => near[name] * (isTime(name) ? factor : 1));
  const fit = fitLikelihood(warm === undefined ? likelihood : { ...likelihood, starts: [warm] });
  if (fit.kind === "unidentified") return fit;
  const parameters: Record<Name, number> = { ...fit.parameters };
  for (const name of timeNames) parameters[name] /= factor;
  // The density of x purchase times in another unit.
  let repeats = 0;
  for (const row of table.rows) repeats += row.customers * row.repeats;
  const logLikelihood = fit.logLikelihood + repeats * Math.log(factor);
  const bic = fit.bic - 2 * (logLikelihood - fit.logLikelihood);
  return { ...fit, parameters, logLikelihood, bic };
}
