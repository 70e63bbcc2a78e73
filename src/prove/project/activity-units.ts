// Who was active when, and what each cost: what retention curves and paybacks are read from.
import type { ActivityStudy, ArmActivity } from "../activity.ts";
import { quoteName } from "../columns.ts";
import { activityByArm, OUTLAY_SCALE } from "../sql/activity-by-arm.ts";
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
  const rows = await warehouse.rows(activityByArm(UNITS, where, "arm", outlaySql(plan)));
  const activities = arms.map((id): ArmActivity => {
    const own = rows
      .filter(({ arm }) => arm === id)
      .map((row) => ({
        mask: Number(row.mask),
        users: Number(row.users),
        outlay: Number(`${row.outlay}e-${OUTLAY_SCALE}`),
        outlaySquares: Number(`${row.outlaySquares}e-${2 * OUTLAY_SCALE}`),
      }));
    return { id, users: own.reduce((sum, { users }) => sum + users, 0), rows: own };
  });
  const [control, ...treatments] = activities;
  const { periodDays, periods } = retention;
  return { periodDays, periods, control: control!, treatments };
}

/** What a user cost, and the margin of what he would have bought anyway. */
function outlaySql(plan: MeasurementPlan): string {
  const displaced = plan.payback?.cannibalised ?? null;
  const metric = plan.metrics.find(({ id }) => id === displaced?.metric);
  if (displaced === null || metric === undefined) return "cost";
  return `cost - ${displaced.margin} * ${quoteName(metricColumns(plan, metric).value)}`;
}
