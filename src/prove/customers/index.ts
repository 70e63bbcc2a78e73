// prove/customers: from a file of customers to fitted models of their value, checked on a hold-out.
import { HongbaoError } from "../../base/error.ts";
import { withWarehouse } from "../warehouse.ts";
import { type CohortStudy, studyCohort } from "./cohort-study.ts";
import { loadCustomers } from "./customer-file.ts";
import {
  type CustomerColumns,
  type CustomerQuestion,
  type TimeUnit,
  UNIT_DAYS,
} from "./customer-question.ts";
import type { CustomerFile } from "./customer-rows.ts";
import { type PurchaseStudy, studyPurchases } from "./purchase-study.ts";

export type { Ahead, AheadReading } from "./ahead-study.ts";
export type { CohortModelReading, CohortPoint, CohortStudy } from "./cohort-study.ts";
export type { CustomerColumns, CustomerQuestion, TimeUnit } from "./customer-question.ts";
export { customerReport } from "./customer-report.ts";
export type { HoldoutGroup, HoldoutReading, HoldoutTable } from "./purchase-holdout.ts";
export type {
  CustomerReading,
  ModelReading,
  PurchaseStudy,
  SpendReading,
} from "./purchase-study.ts";

export type CustomerStudy = PurchaseStudy | CohortStudy;

/** Up to so many customers a bootstrap takes seconds; more take minutes, so it is asked for. */
const BOOTSTRAP_CUSTOMERS = 1000;
/** Periods that a cohort is looked ahead. */
const COHORT_HORIZON = 10;

/** What is asked; null means: as suits the kind and size of what the file holds. */
export type CustomerRequest = Omit<CustomerQuestion, "unit" | "horizon" | "replicates"> & {
  readonly unit: TimeUnit | null;
  readonly horizon: number | null;
  readonly replicates: number | null;
};

const KINDS = { log: "a log of purchases", summary: "a summary", cohort: "a cohort's table" };

/** Which of the options are for which kinds of files. */
const OPTIONS: readonly [keyof CustomerRequest, string, readonly CustomerFile["kind"][]][] = [
  ["until", "--until", ["log"]],
  ["holdoutTime", "--holdout-time", ["summary"]],
  ["fitPeriods", "--fit", ["cohort"]],
  ["cohortSize", "--size", ["cohort"]],
];

/** And which of the columns. */
const ROLES: Readonly<Record<CustomerFile["kind"], readonly (keyof CustomerColumns)[]>> = {
  log: ["customer", "date", "amount"],
  summary: ["customer", "frequency", "recency", "age", "value", "count", "holdout"],
  cohort: ["period", "survivors"],
};

/** What was said and means nothing for this file was meant for another one, or is a slip. */
function requireUsed(request: CustomerRequest, file: CustomerFile): void {
  const refuse = (flag: string, message: string): never => {
    throw new HongbaoError({ code: "invalid_usage", message: `${flag}: ${message}` });
  };
  const is = `${request.file} is read as ${KINDS[file.kind]}`;
  for (const [key, flag, kinds] of OPTIONS) {
    if (request[key] === undefined || kinds.includes(file.kind)) continue;
    refuse(flag, `expected ${kinds.map((kind) => KINDS[kind]).join(" or ")}, but ${is}`);
  }
  for (const role of Object.keys(request.columns) as (keyof CustomerColumns)[]) {
    if (request.columns[role] === undefined || ROLES[file.kind].includes(role)) continue;
    refuse(`--${role}`, `${is}, in which this column has no part`);
  }
  if (file.kind === "summary" && file.holdoutTime === null && request.holdoutTime !== undefined) {
    refuse("--holdout-time", `expected a column of the hold-out (--holdout), found none`);
  }
  if (file.kind !== "cohort" || request.fitPeriods === undefined) return;
  const last = file.counts.at(-1)!.period;
  if (request.fitPeriods > last) {
    refuse(
      "--fit",
      `expected at most the ${last} periods of the file, found ${request.fitPeriods}`,
    );
  }
}

/** Reads the file, fits every admissible model, checks, projects; also what was asked in full. */
export async function studyCustomers(
  request: CustomerRequest,
): Promise<{ readonly study: CustomerStudy; readonly question: CustomerQuestion }> {
  const unit = request.unit ?? "week";
  const yearUnits = Math.round(UNIT_DAYS.year / UNIT_DAYS[unit]);
  const horizon = request.horizon ?? yearUnits;
  const file = await withWarehouse({ threads: 1 }, (warehouse) =>
    loadCustomers(warehouse, { ...request, unit, horizon, replicates: 0 }),
  );
  requireUsed(request, file);
  if (file.kind === "cohort") {
    const question: CustomerQuestion = {
      ...request,
      unit: request.unit ?? "year",
      horizon: request.horizon ?? COHORT_HORIZON,
      replicates: 0,
    };
    return { study: studyCohort(file, question), question };
  }
  const isSmall = file.rows.length <= BOOTSTRAP_CUSTOMERS;
  const replicates = request.replicates ?? (isSmall ? 100 : 0);
  const question: CustomerQuestion = { ...request, unit, horizon, replicates };
  return { study: await studyPurchases(file, question), question };
}
