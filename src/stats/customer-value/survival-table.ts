// A cohort under contract, counted at the end of periods: who is left. Models of retention are
// fitted to the losses between counts, which may be several periods apart.
import { requireDomain } from "../domain.ts";
import { type Fit, fitLikelihood, type Likelihood, unidentified } from "./fit.ts";

export interface SurvivalCount {
  /** Periods since the start, ascending from 0. */
  readonly period: number;
  /** Customers who are left then; never more than before. */
  readonly survivors: number;
}

/** Losses between counts, and who was left at the end. */
export interface SurvivalTable {
  readonly losses: readonly { readonly from: number; readonly to: number; readonly lost: number }[];
  readonly lastPeriod: number;
  readonly left: number;
  readonly customers: number;
}

/**
 * Checks a cohort's counts. The first is of period 0; counts need not be whole (scaled per cents).
 * @example survivalTable([{ period: 0, survivors: 1000 }, { period: 1, survivors: 869 }])
 */
export function survivalTable(counts: readonly SurvivalCount[]): SurvivalTable {
  const name = "survival table";
  const [first, last] = [counts[0], counts.at(-1)];
  requireDomain(first?.period === 0, name, "the count of period 0 first");
  const many = counts.length > 1 && first.survivors > 0 && Number.isFinite(first.survivors);
  requireDomain(many, name, "at least two counts, the first above 0");
  const losses = counts.slice(1).map(({ period, survivors }, i) => {
    const before = counts[i]!;
    const later = Number.isSafeInteger(period) && period > before.period;
    requireDomain(later, name, `whole ascending periods, got ${period} after ${before.period}`);
    const fewer = survivors >= 0 && survivors <= before.survivors;
    requireDomain(
      fewer,
      name,
      `from 0 to ${before.survivors} survivors in period ${period}, got ${survivors}`,
    );
    return { from: before.period, to: period, lost: before.survivors - survivors };
  });
  const { period, survivors } = last!;
  return { losses, lastPeriod: period, left: survivors, customers: first.survivors };
}

/** ln of the share that is left after `to` periods of those left after `from`. */
export type LogStay<Name extends string> = (
  parameters: Readonly<Record<Name, number>>,
  from: number,
  to: number,
) => number;

/** The likelihood of the losses under a survival curve. */
export function survivalLikelihood<Name extends string>(
  model: string,
  names: readonly Name[],
  starts: readonly (readonly number[])[],
  table: SurvivalTable,
  logStay: LogStay<Name>,
): Likelihood<Name> {
  const logLikelihood = (parameters: Readonly<Record<Name, number>>): number => {
    let [sum, logLeft] = [0, 0];
    for (const { from, to, lost } of table.losses) {
      const stay = logStay(parameters, from, to);
      if (lost > 0) sum += lost * (logLeft + Math.log(-Math.expm1(stay)));
      logLeft += stay;
    }
    return table.left > 0 ? sum + table.left * logLeft : sum;
  };
  return { model, names, starts, customers: table.customers, logLikelihood };
}

/** Fits a survival curve, unless the table has too few losses to show a shape. */
export function fitSurvival<Name extends string>(
  likelihood: Likelihood<Name>,
  table: SurvivalTable,
): Fit<Name> {
  const cells = table.losses.filter(({ lost }) => lost > 0).length + (table.left > 0 ? 1 : 0);
  if (cells <= likelihood.names.length) {
    const need = `${likelihood.names.length} parameters need more`;
    const message = `${cells} of the table's outcomes are not zero; ${need}`;
    return unidentified(likelihood.model, "too_few_data", message);
  }
  return fitLikelihood(likelihood);
}
