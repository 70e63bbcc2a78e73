// A cohort under contract: sBG and the beta-discrete-Weibull are fitted to its first periods and
// checked on the rest.
import {
  bdwLikelihood,
  bdwResidual,
  bdwSurvival,
  type Fit,
  fitBdw,
  fitSbg,
  type Likelihood,
  likelihoodRatioP,
  type SurvivalCount,
  type SurvivalTable,
  sbgLikelihood,
  sbgResidual,
  sbgSurvival,
  survivalTable,
} from "../../stats/index.ts";
import type { NamedParameters } from "./customer-models.ts";
import { type CustomerQuestion, ratePerUnit } from "./customer-question.ts";
import type { CustomerFile } from "./customer-rows.ts";
import { type NamedFitReading, type NamedModel, readModel } from "./model-reading.ts";

export interface CohortModelReading extends NamedFitReading {
  /** Largest difference of the survival curve from the hold-out, a ratio 0..1; null without one. */
  readonly holdoutError: number | null;
  /** Payments to come of a customer who is left, within the horizon, discounted. */
  readonly residual: number | null;
}

export interface CohortPoint {
  readonly period: number;
  readonly isHoldout: boolean;
  /** Shares of the cohort that are left: counted, and by model. */
  readonly actual: number;
  readonly predicted: Readonly<Record<string, number>>;
}

export interface CohortStudy {
  readonly kind: "cohort";
  readonly customers: number;
  readonly fittedTo: number;
  readonly notes: readonly string[];
  readonly models: readonly CohortModelReading[];
  /** How often sBG data would look this much better with a shape by chance; null if not fitted. */
  readonly shapeP: number | null;
  readonly points: readonly CohortPoint[];
}

interface CohortModel extends NamedModel<SurvivalTable> {
  fit(table: SurvivalTable): Fit<string>;
  survival(parameters: NamedParameters, period: number): number;
  residual(
    parameters: NamedParameters,
    renewals: number,
    by: { readonly rate: number; readonly horizon: number },
  ): number;
}

const MODELS: readonly CohortModel[] = [
  {
    id: "sbg",
    title: "sBG",
    fit: fitSbg,
    likelihood: (table) => sbgLikelihood(table) as Likelihood<string>,
    survival: sbgSurvival,
    residual: sbgResidual,
  },
  {
    id: "bdw",
    title: "beta-discrete-Weibull",
    fit: fitBdw,
    likelihood: (table) => bdwLikelihood(table) as Likelihood<string>,
    survival: bdwSurvival,
    residual: bdwResidual,
  },
];

export function studyCohort(
  file: Extract<CustomerFile, { kind: "cohort" }>,
  question: CustomerQuestion,
): CohortStudy {
  const last = file.counts.at(-1)!.period;
  const fittedTo = Math.min(last, question.fitPeriods ?? last);
  const table = survivalTable(file.counts.filter(({ period }) => period <= fittedTo));
  const rate = Math.expm1(ratePerUnit(question.yearlyDiscount, question.unit));
  const by = { rate, horizon: question.horizon };
  const models = MODELS.map((model): CohortModelReading => {
    const fit = model.fit(table);
    const reading = readModel(model, fit, table, question.level);
    if (fit.kind === "unidentified") return { ...reading, holdoutError: null, residual: null };
    const held = file.counts.filter(({ period }) => period > fittedTo);
    const off = held.map(({ period, survivors }) =>
      Math.abs(model.survival(fit.parameters, period) - survivors / table.customers),
    );
    const holdoutError = off.length === 0 ? null : Math.max(...off);
    const residual = model.residual(fit.parameters, last, by);
    return { ...reading, holdoutError, residual };
  });
  const [plain, shaped] = models.map(({ fit }) => fit);
  const both = plain?.kind === "fitted" && shaped?.kind === "fitted";
  return {
    kind: "cohort",
    customers: table.customers,
    fittedTo,
    notes: file.notes,
    models,
    shapeP: both ? likelihoodRatioP(plain.logLikelihood, shaped.logLikelihood, 1) : null,
    points: file.counts.map((count) => pointOf(count, models, table.customers, fittedTo)),
  };
}

function pointOf(
  { period, survivors }: SurvivalCount,
  models: readonly CohortModelReading[],
  customers: number,
  fittedTo: number,
): CohortPoint {
  const predicted: Record<string, number> = {};
  for (const { id, fit } of models) {
    const model = MODELS.find((each) => each.id === id)!;
    if (fit.kind === "fitted") predicted[id] = model.survival(fit.parameters, period);
  }
  return { period, isHoldout: period > fittedTo, actual: survivors / customers, predicted };
}
