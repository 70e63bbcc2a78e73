// Customers outside a contract: every admissible model is fitted, checked on what was held back,
// and asked what is to come. None is chosen here; the table of all is the result.
import {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaLikelihood,
  gammaGammaMean,
  historyTable,
  type Likelihood,
  type SpendHistory,
  spendCorrelation,
} from "../../stats/index.ts";
import { type AheadReading, type PurchaseFile, studyAhead } from "./ahead-study.ts";
import { type CustomerModel, customerModels, type NamedParameters } from "./customer-models.ts";
import type { CustomerQuestion } from "./customer-question.ts";
import type { CustomerRow } from "./customer-rows.ts";
import { expectations, purchaseValue, spendOf } from "./customer-totals.ts";
import { type FitReading, type NamedFitReading, readFit, readModel } from "./model-reading.ts";
import { type HoldoutReading, type HoldoutTable, holdoutTable } from "./purchase-holdout.ts";

export interface ModelReading extends NamedFitReading {
  readonly holdout: HoldoutReading | null;
  readonly ahead: AheadReading | null;
}

export interface SpendReading extends FitReading {
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

export async function studyPurchases(
  file: PurchaseFile,
  question: CustomerQuestion,
): Promise<PurchaseStudy> {
  const table = historyTable(file.rows);
  const spend = file.hasValues ? readSpend(spendOf(file.rows), question.level) : null;
  const money = spend?.fit.kind === "fitted" ? asSpend(spend.fit.parameters) : null;
  const models = customerModels(file.isPeriods);
  const fits = models.map((model) => model.fit(table));
  const held = holdoutTable(file, models, fits);
  const ahead = await studyAhead(file, models, fits, money, question);
  const readings = models.map(
    (model, i): ModelReading => ({
      ...readModel(model, fits[i]!, table, question.level),
      holdout: held?.readings[model.id] ?? null,
      ahead: ahead[i]!,
    }),
  );
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

function readSpend(rows: readonly SpendHistory[], level: number): SpendReading {
  const fit = fitGammaGamma(rows);
  const reading = readFit(fit, () => gammaGammaLikelihood(rows) as Likelihood<string>, level);
  const mean = fit.kind === "fitted" ? gammaGammaMean(fit.parameters) : null;
  return { ...reading, mean, correlation: spendCorrelation(rows) };
}

function asSpend(parameters: NamedParameters): GammaGammaParameters {
  return parameters as GammaGammaParameters;
}
