// What the models of purchases outside a contract have in common, so that one piece of code fits,
// compares and checks them: BG/NBD, MBG/NBD and Pareto/NBD differ in when customers may leave.
import { requireDomain } from "../domain.ts";
import type { Sloped } from "../objective.ts";
import type { Discount } from "./discount.ts";
import { type Fit, fitScaled, type Likelihood, type Parameters, unidentified } from "./fit.ts";
import { type HistoryTable, type PurchaseHistory, requireHistory, scaledTable } from "./history.ts";
import { logistic } from "./log-gamma.ts";

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

/** In what a model differs from the others. */
export interface PurchaseLaw<Name extends string> {
  readonly id: string;
  readonly title: string;
  readonly names: readonly Name[];
  /** The parameters that are times: they scale with the unit. */
  readonly timeNames: readonly Name[];
  /** Cold starts for a mean age of 10. */
  readonly starts: readonly (readonly number[])[];
  /** The log-likelihood of a table, with its slopes along the logs of the parameters. */
  sloped(table: HistoryTable): (parameters: Parameters<Name>) => Sloped;
  /** ln of the odds that a customer with this history has left; -Infinity if he cannot have. */
  logOddsGone(parameters: Parameters<Name>, history: PurchaseHistory): number;
  /** Chance of exactly `repeats` repeat purchases of a new customer in a `time` above 0. */
  chanceOfRepeats(parameters: Parameters<Name>, time: number, repeats: number): number;
  /** Expected repeat purchases of a new customer in the first `time`. */
  expectedRepeats(parameters: Parameters<Name>, time: number): number;
  /** Discounted purchases to come of a customer with this history who has not left. */
  livingPurchases(parameters: Parameters<Name>, of: PurchaseHistory, by: Discount): number;
}

/** Fewer repeat customers than this say nothing about how customers differ. */
export const REPEATERS_MIN = 10;

export function purchaseModel<Name extends string>(law: PurchaseLaw<Name>): PurchaseModel<Name> {
  const { id, title, names } = law;
  const likelihood = (table: HistoryTable): Likelihood<Name> => {
    const sloped = law.sloped(table);
    return {
      model: id,
      names,
      starts: law.starts,
      customers: table.customers,
      logLikelihood: (parameters) => sloped(parameters).value,
      sloped,
    };
  };
  const chanceAlive = (parameters: Parameters<Name>, history: PurchaseHistory): number => {
    requireHistory(history);
    return logistic(-law.logOddsGone(parameters, history));
  };
  const discountedPurchases: PurchaseModel<Name>["discountedPurchases"] = (parameters, of, by) =>
    chanceAlive(parameters, of) * law.livingPurchases(parameters, of, by);
  return {
    id,
    title,
    names,
    likelihood,
    fit: (table, near) => fitTable(law, likelihood, table, near),
    chanceAlive,
    chanceOfRepeats: (parameters, time, repeats) => {
      requireTime(time);
      requireRepeats(repeats);
      if (time === 0) return repeats === 0 ? 1 : 0;
      return law.chanceOfRepeats(parameters, time, repeats);
    },
    expectedRepeats: (parameters, time) => {
      requireTime(time);
      return law.expectedRepeats(parameters, time);
    },
    expectedPurchases: (parameters, of, time) => {
      requireTime(time);
      return discountedPurchases(parameters, of, { rate: 0, horizon: time });
    },
    discountedPurchases,
  };
}

/** Times are scaled to a mean age of 10 for the search. */
function fitTable<Name extends string>(
  { id, timeNames }: PurchaseLaw<Name>,
  likelihood: (table: HistoryTable) => Likelihood<Name>,
  table: HistoryTable,
  near: Parameters<Name> | undefined,
): Fit<Name> {
  if (table.repeaters < REPEATERS_MIN) {
    const have = `${table.repeaters} of ${table.customers} customers bought again`;
    const message = `${have}; the model needs at least ${REPEATERS_MIN}`;
    return unidentified(id, "too_few_data", message);
  }
  const factor = 10 / table.meanAge;
  const scaled = likelihood(scaledTable(table, factor));
  // The density of x purchase times each.
  let densities = 0;
  for (const row of table.rows) densities += row.customers * row.repeats;
  return fitScaled({ likelihood: scaled, factor, unitNames: timeNames, densities }, near);
}

function requireTime(time: number): void {
  requireDomain(time >= 0 && Number.isFinite(time), "purchases", `a time >= 0, got ${time}`);
}

function requireRepeats(repeats: number): void {
  const whole = Number.isSafeInteger(repeats) && repeats >= 0;
  requireDomain(whole, "purchases", `a whole number of repeats >= 0, got ${repeats}`);
}
