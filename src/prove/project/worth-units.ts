// What each user was worth less what he cost, as one number: its difference between the arms has
// an interval in which both vary together.
import { quoteName } from "../columns.ts";
import { reduceMoments } from "../reduce-moments.ts";
import type { MeasuredWorth } from "../study.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan } from "./measurement-plan.ts";
import { metricColumns, UNITS } from "./unit-columns.ts";

/** Empty where the plan does not say what the first metric is worth, or it is no users' number. */
export async function readWorth(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  where: string,
): Promise<{ readonly measuredWorth?: MeasuredWorth }> {
  const [first] = plan.metrics;
  const { worth } = plan;
  if (worth === null || (first?.kind !== "share" && first?.kind !== "mean")) return {};
  const value = quoteName(metricColumns(plan, first).value);
  const reduced = await reduceMoments(warehouse, {
    ...{ table: UNITS, where, arm: "arm", claimed: null },
    values: [
      { id: "net", sql: `${worth.margin} * ${value} - cost` },
      { id: "cost", sql: "cost" },
    ],
  });
  const of = (id: string) =>
    Object.fromEntries([...reduced].map(([arm, { outcomes }]) => [arm, outcomes[id]!]));
  return { measuredWorth: { marginPerUnit: worth.margin, net: of("net"), cost: of("cost") } };
}
