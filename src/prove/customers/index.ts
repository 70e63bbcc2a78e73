// prove/customers: from a file of customers to fitted models of their value, checked on a hold-out.
import { withWarehouse } from "../warehouse.ts";
import { type CohortStudy, studyCohort } from "./cohort-study.ts";
import { loadCustomers } from "./customer-file.ts";
import { type CustomerQuestion, type TimeUnit, UNIT_DAYS } from "./customer-question.ts";
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
