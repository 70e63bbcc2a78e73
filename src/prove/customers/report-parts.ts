// What the reports on customers and on cohorts share.

import type { Column } from "../../report/column.ts";
import type { Block } from "../../report/document.ts";
import { textBlock } from "../../report/document.ts";
import { formatNumber } from "../../report/format.ts";
import type { Fit } from "../../stats/index.ts";
import type { CustomerQuestion } from "./customer-question.ts";
import type { FitReading, NamedFitReading } from "./model-reading.ts";

export type ReportQuestion = Pick<
  CustomerQuestion,
  "file" | "unit" | "horizon" | "yearlyDiscount" | "level" | "seed"
>;

export const left = (title: string): Column => ({ title });

export const right = (title: string): Column => ({ title, align: "right" });

/** Why a model has no row. */
export function refusal(title: string, fit: Fit<string>): Block[] {
  if (fit.kind === "fitted") return [];
  return [textBlock(`${title} is not identified: ${fit.message}.`)];
}

export function parameterRows(models: readonly NamedFitReading[]): string[][] {
  return models.flatMap((model) => rowsOf(model.title, model));
}

export function rowsOf(title: string, { fit, intervals }: FitReading): string[][] {
  if (fit.kind === "unidentified") return [];
  return Object.entries(fit.parameters).map(([name, value]) => {
    const { lower = null, upper = null } = intervals?.[name] ?? {};
    const low = lower === null ? "0" : formatNumber(lower, 4);
    const high = upper === null ? "no end" : formatNumber(upper, 4);
    return [title, name, formatNumber(value, 5), `${low} to ${high}`];
  });
}
