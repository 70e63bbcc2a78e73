// Customers as a file has them, a row each.
import type { SurvivalCount } from "../../stats/index.ts";
import { fileProblem, type SourceTable } from "../source-file.ts";
import type { CustomerColumns } from "./customer-question.ts";

/** One customer, or as many alike as `customers` says. */
export interface CustomerRow {
  readonly customer: string;
  readonly repeats: number;
  readonly recency: number;
  readonly age: number;
  readonly customers: number;
  /** Mean value of a repeat purchase; null without values or repeats. */
  readonly meanValue: number | null;
  /** Purchases in the hold-out; null without one. */
  readonly held: number | null;
}

export type CustomerFile =
  | {
      readonly kind: "log" | "summary";
      readonly rows: readonly CustomerRow[];
      /** Times are numbers of periods with at most one purchase each. */
      readonly isPeriods: boolean;
      readonly hasValues: boolean;
      /** Units of time that were held back; null for none. */
      readonly holdoutTime: number | null;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "cohort";
      readonly counts: readonly SurvivalCount[];
      readonly notes: readonly string[];
    };

export type Found = (role: keyof CustomerColumns) => string | undefined;

export function customerRow(row: Record<string, string | number | boolean | null>): CustomerRow {
  const repeats = Number(row.repeats);
  const value = row.value === null || row.value === undefined ? null : Number(row.value);
  return {
    customer: String(row.customer),
    repeats,
    recency: Number(row.recency),
    age: Number(row.age),
    customers: Number(row.customers),
    meanValue: repeats > 0 && value !== null && value > 0 ? value : null,
    held: row.held === null || row.held === undefined ? null : Number(row.held),
  };
}

export function requireSeveral(source: SourceTable, rows: readonly CustomerRow[]): void {
  const customers = rows.reduce((sum, row) => sum + row.customers, 0);
  if (customers >= 2) return;
  const found = `${customers} from ${source.rows} ${source.rows === 1 ? "row" : "rows"}`;
  throw fileProblem(source.file, "", `expected at least 2 customers, found ${found}`, {
    rows: source.rows,
  });
}
