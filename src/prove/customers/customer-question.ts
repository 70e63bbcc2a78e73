// What is asked about a file of customers: which columns, which unit of time, what is held back.

import type { Separator } from "../file-kind.ts";

export type TimeUnit = "day" | "week" | "month" | "year";

export const UNIT_DAYS: Readonly<Record<TimeUnit, number>> = {
  day: 1,
  week: 7,
  month: 365.25 / 12,
  year: 365.25,
};

/** Columns that go by other names than those that are recognised. */
export interface CustomerColumns {
  readonly customer?: string;
  readonly date?: string;
  readonly amount?: string;
  readonly frequency?: string;
  readonly recency?: string;
  readonly age?: string;
  readonly value?: string;
  readonly count?: string;
  readonly holdout?: string;
  readonly period?: string;
  readonly survivors?: string;
}

export interface CustomerQuestion {
  /** CSV or Parquet. */
  readonly file: string;
  readonly columns: CustomerColumns;
  /** Of a CSV file; default comma. */
  readonly separator?: Separator;
  readonly unit: TimeUnit;
  /** Last day of the calibration (YYYY-MM-DD); later purchases are the hold-out. Logs only. */
  readonly until?: string;
  /** How long the hold-out of a summary's column lasted, in units. */
  readonly holdoutTime?: number;
  /** How many periods of a cohort are fitted; later ones are the hold-out. */
  readonly fitPeriods?: number;
  /** What a survival table's first count stands for, when it is a share or per cent. */
  readonly cohortSize?: number;
  /** Units of time ahead. */
  readonly horizon: number;
  /** Effective rate a year: .1 is 10 %. */
  readonly yearlyDiscount: number;
  readonly level: number;
  readonly seed: number;
  /** Bootstrap replicates for what is expected; 0 for none. */
  readonly replicates: number;
  /** No purchase may be later: the first millisecond after today, UTC. */
  readonly nowMs: number;
  /** Threads of the bootstrap at most; see DrawPoolOptions. Changes nothing but the time. */
  readonly workers?: number;
  /** Called after each block of replicates, of all models together. */
  readonly onReplicate?: (done: number, total: number) => void;
}

/** Names under which columns are found, in lower case. */
export const KNOWN_NAMES: Readonly<Record<keyof CustomerColumns, readonly string[]>> = {
  customer: ["customer", "customer_id", "customerid", "user", "user_id", "masterid", "id"],
  date: ["date", "day", "order_date", "at", "timestamp"],
  amount: ["amount", "sales", "revenue", "spend", "value", "price"],
  frequency: ["x", "frequency", "repeats"],
  recency: ["t_x", "tx", "recency"],
  age: ["t", "t_cal", "age", "periods"],
  value: ["zbar", "mean_value", "monetary_value", "m_x", "value"],
  count: ["weights", "weight", "customers", "count"],
  holdout: ["x_star", "holdout"],
  period: ["period", "year", "month", "renewals"],
  survivors: ["survivors", "surviving", "active"],
};

/** Continuous rate a unit of time, from an effective rate a year. */
export function ratePerUnit(yearly: number, unit: TimeUnit): number {
  return (Math.log1p(yearly) * UNIT_DAYS[unit]) / UNIT_DAYS.year;
}
