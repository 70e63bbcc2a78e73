// Who was active when, and what each cost: what retention curves and paybacks are read from.
import type { ActivityStudy, ArmActivity } from "../activity.ts";
import { quoteName } from "../columns.ts";
import { activityByArm } from "../sql/activity-by-arm.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";
import { metricColumns, UNITS } from "./unit-columns.ts";

/** Null where the plan watches no periods. @param arms ids, the control first */
export async function readActivity(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  where: string,
  arms: readonly string[],
): Promise<ActivityStudy | null> {
  const { retention } = plan;
  if (retention === null) return null;
  const outlay = outlaySql(plan);
  const scale = await scaleOf(warehouse, outlay);
  const rows = await warehouse.rows(activityByArm(UNITS, where, "arm", outlay, scale));
  const activities = arms.map((id): ArmActivity => {
    const own = rows
      .filter(({ arm }) => arm === id)
      .map((row) => ({
        mask: Number(row.mask),
        users: Number(row.users),
        outlay: Number(`${row.outlay}e${-scale}`),
        outlaySquares: Number(`${row.outlaySquares}e${-2 * scale}`),
      }));
    return { id, users: own.reduce((sum, { users }) => sum + users, 0), rows: own };
  });
  const [control, ...treatments] = activities;
  const { periodDays, periods } = retention;
  return { periodDays, periods, control: control!, treatments };
}

/** Decimal places of costs that are summed exactly, while the largest one leaves room for them. */
const OUTLAY_SCALE = 6;
/** Squares of 14 digits leave room in 128 bits for ten billion users. */
const DIGITS = 14;

async function scaleOf(warehouse: Warehouse, outlay: string): Promise<number> {
  const row = await warehouse.row(`SELECT max(abs(${outlay})) AS largest FROM ${UNITS}`);
  const largest = Number(row.largest ?? 0);
  if (largest === 0) return OUTLAY_SCALE;
  return Math.min(OUTLAY_SCALE, DIGITS - 1 - Math.floor(Math.log10(largest)));
}

/** What a user cost, and the margin of what he would have bought anyway. */
function outlaySql(plan: MeasurementPlan): string {
  const displaced = plan.payback?.cannibalised ?? null;
  const metric = plan.metrics.find(({ id }) => id === displaced?.metric);
  if (displaced === null || metric === undefined) return "cost";
  return `cost - ${displaced.margin} * ${quoteName(metricColumns(plan, metric).value)}`;
}
