// Customers outside a contract: every admissible model is fitted, checked on what was held back,
// and asked what is to come. None is chosen here; the table of all is the result.
import { randomStream } from "../../base/keystream.ts";
import {
  bootstrap,
  type Fit,
  type Fitted,
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaExpected,
  gammaGammaLikelihood,
  gammaGammaMean,
  historyTable,
  profileIntervals,
  type SpendHistory,
  spendCorrelation,
  type UnboundedInterval,
} from "../../stats/index.ts";
import type { CustomerFile, CustomerRow } from "./customer-file.ts";
import { type CustomerModel, customerModels, type NamedParameters } from "./customer-models.ts";
import { type CustomerQuestion, ratePerUnit } from "./customer-question.ts";
import { type HoldoutReading, type HoldoutTable, holdoutTable } from "./purchase-holdout.ts";

export interface Ahead {
  readonly estimate: number;
  /** Bootstrap bounds; null where it was not run or too few replicates could be fitted. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

export interface ModelReading {
  readonly id: string;
  readonly title: string;
  readonly fit: Fit<string>;
  /** Profile-likelihood intervals of the parameters; null ends are not bounded by the data. */
  readonly intervals: Readonly<Record<string, UnboundedInterval>> | null;
  readonly holdout: HoldoutReading | null;
  /** Sums over all customers, for the horizon. */
  readonly ahead: {
    readonly purchases: Ahead;
    readonly discountedPurchases: Ahead;
    /** In the file's own money; null without a model of spend. */
    readonly discountedValue: Ahead | null;
  } | null;
}

export interface SpendReading {
  readonly fit: Fit<string>;
  readonly intervals: Readonly<Record<string, UnboundedInterval>> | null;
  /** Mean value of a purchase over all customers; null where the model has none. */
  readonly mean: number | null;
  /** Of purchases and their mean value; the model assumes 0. */
  readonly correlation: number | null;
}

export interface CustomerReading {
  readonly customer: string;
  /** How many alike. */
  readonly customers: number;
  readonly repeats: number;
  /** By model. */
  readonly chanceAlive: Readonly<Record<string, number>>;
  readonly purchases: Readonly<Record<string, number>>;
  readonly discountedValue: Readonly<Record<string, number>> | null;
}

export interface PurchaseStudy {
  readonly kind: "purchases";
  readonly customers: number;
  readonly repeaters: number;
  readonly notes: readonly string[];
  readonly models: readonly ModelReading[];
  readonly spend: SpendReading | null;
  readonly holdout: HoldoutTable | null;
  readonly each: readonly CustomerReading[];
  readonly replicates: number;
}

type PurchaseFile = Extract<CustomerFile, { kind: "log" | "summary" }>;

export function studyPurchases(file: PurchaseFile, question: CustomerQuestion): PurchaseStudy {
  const table = historyTable(file.rows);
  const spendRows = spendOf(file.rows);
  const spend = file.hasValues ? readSpend(spendRows, question.level) : null;
  const money = spend?.fit.kind === "fitted" ? asSpend(spend.fit.parameters) : null;
  const models = customerModels(file.isPeriods);
  const fits = models.map((model) => model.fit(table));
  const held = holdoutTable(file, models, fits);
  const readings = models.map((model, i): ModelReading => {
    const fit = fits[i]!;
    if (fit.kind === "unidentified") {
      const { id, title } = model;
      return { id, title, fit, intervals: null, holdout: null, ahead: null };
    }
    return {
      id: model.id,
      title: model.title,
      fit,
      intervals: profileIntervals(model.likelihood(table), fit, question.level),
      holdout: held?.readings[model.id] ?? null,
      ahead: aheadOf(model, fit, money, file, question, [i, models.length]),
    };
  });
  return {
    kind: "purchases",
    customers: table.customers,
    repeaters: table.repeaters,
    notes: file.notes,
    models: readings,
    spend,
    holdout: held,
    each: readEach(file.rows, readings, models, money, question),
    replicates: question.replicates,
  };
}

/** Totals for the horizon, with a bootstrap over customers. */
function aheadOf(
  model: CustomerModel,
  fit: Fitted<string>,
  money: GammaGammaParameters | null,
  file: PurchaseFile,
  question: CustomerQuestion,
  [turn, turns]: readonly [number, number],
): ModelReading["ahead"] {
  const { seed, replicates, level, onReplicate } = question;
  const totals = totalsOf(model, fit.parameters, money, file.rows, question);
  const figures = (rows: readonly CustomerRow[]): readonly number[] | null => {
    const again = model.fit(historyTable(rows), fit.parameters);
    const spent = money === null ? null : fitGammaGamma(spendOf(rows), money);
    if (again.kind !== "fitted" || spent?.kind === "unidentified") return null;
    const paid = spent === null ? null : spent.parameters;
    return totalsOf(model, again.parameters, paid, rows, question);
  };
  const stream = randomStream(seed, `clv/${model.id}`);
  const found =
    replicates === 0
      ? null
      : bootstrap(file.rows, figures, {
          replicates,
          stream,
          level,
          onReplicate: (done) => onReplicate?.(turn * replicates + done, turns * replicates),
        });
  const ahead = (at: number): Ahead => ({
    estimate: totals[at]!,
    interval: found?.intervals[at] ?? null,
  });
  return {
    purchases: ahead(0),
    discountedPurchases: ahead(1),
    discountedValue: totals.length > 2 ? ahead(2) : null,
  };
}

/** Purchases, discounted purchases and, with a model of spend, discounted value. */
function totalsOf(
  model: CustomerModel,
  parameters: NamedParameters,
  money: GammaGammaParameters | null,
  rows: readonly CustomerRow[],
  question: CustomerQuestion,
): number[] {
  const expected = expectations(model, parameters, question);
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

type Expectation = (row: CustomerRow) => readonly [purchases: number, discounted: number];

/** What a customer may bring within the horizon; computed once for equal histories. */
function expectations(
  model: CustomerModel,
  parameters: NamedParameters,
  { horizon, unit, yearlyDiscount }: CustomerQuestion,
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

/** Every customer under every model that was fitted. */
function readEach(
  rows: readonly CustomerRow[],
  readings: readonly ModelReading[],
  models: readonly CustomerModel[],
  money: GammaGammaParameters | null,
  question: CustomerQuestion,
): CustomerReading[] {
  const fitted = readings.flatMap(({ id, fit }, i) => {
    if (fit.kind === "unidentified") return [];
    const [model, { parameters }] = [models[i]!, fit];
    return [{ id, model, parameters, expected: expectations(model, parameters, question) }];
  });
  return rows.map((row) => {
    const worth = money === null ? null : purchaseValue(money, row);
    const chanceAlive: Record<string, number> = {};
    const purchases: Record<string, number> = {};
    const values: Record<string, number> = {};
    for (const { id, model, parameters, expected } of fitted) {
      const [all, discounted] = expected(row);
      chanceAlive[id] = model.chanceAlive(parameters, row);
      purchases[id] = all;
      if (worth !== null) values[id] = discounted * worth;
    }
    const { customer, customers, repeats } = row;
    const discountedValue = worth === null ? null : values;
    return { customer, customers, repeats, chanceAlive, purchases, discountedValue };
  });
}

function purchaseValue(
  money: GammaGammaParameters,
  { repeats, meanValue }: CustomerRow,
): number | null {
  return meanValue === null ? gammaGammaMean(money) : gammaGammaExpected(money, repeats, meanValue);
}

function readSpend(rows: readonly SpendHistory[], level: number): SpendReading {
  const fit = fitGammaGamma(rows);
  const correlation = spendCorrelation(rows);
  if (fit.kind === "unidentified") return { fit, intervals: null, mean: null, correlation };
  const intervals = profileIntervals(gammaGammaLikelihood(rows), fit, level);
  return { fit, intervals, mean: gammaGammaMean(fit.parameters), correlation };
}

function spendOf(rows: readonly CustomerRow[]): SpendHistory[] {
  return rows.flatMap(({ repeats, meanValue, customers }) =>
    meanValue === null ? [] : [{ purchases: repeats, meanValue, customers }],
  );
}

function asSpend(parameters: NamedParameters): GammaGammaParameters {
  return parameters as GammaGammaParameters;
}
