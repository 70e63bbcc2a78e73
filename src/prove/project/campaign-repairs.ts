// What was done, as asked, to the outcomes of one study's users: some counted as zero, some left
// out since what is known of them is of before they were assigned.
import { countText, type Repair } from "../repair.ts";
import type { Warehouse } from "../warehouse.ts";
import type { OutcomesSource } from "./measurement-plan.ts";
import { optionText } from "./repair-option.ts";
import { UNITS } from "./unit-columns.ts";

export interface CountedUsers {
  /** SQL of the users who count. */
  readonly where: string;
  readonly repairs: readonly Repair[];
}

/**
 * @param where SQL of the study's users
 * @param arms ids of its arms
 */
export async function countedUsers(
  warehouse: Warehouse,
  where: string,
  outcomes: OutcomesSource | null,
  arms: readonly string[],
): Promise<CountedUsers> {
  if (outcomes === null) return { where, repairs: [] };
  const rows = await warehouse.rows(
    `SELECT arm, count(*) AS users, count(*) FILTER (WHERE early) AS early,
  count(*) FILTER (WHERE NOT present) AS absent
FROM ${UNITS} WHERE ${where} GROUP BY 1`,
  );
  const sumOf = (column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0);
  const repairs: Repair[] = [];
  if (outcomes.missing === "zero") {
    const users = sumOf("absent");
    const what = `${countText(users, "user", "users")} without a row counted as zero`;
    const option = optionText("key", "missing", "zero");
    repairs.push({ option, what, rows: 0, users, leftOut: null });
  }
  if (outcomes.early === "keep") return { where, repairs };
  const users = sumOf("early");
  const leftOut = arms.map((id) => {
    const own = rows.find((row) => row.arm === id);
    return { id, users: Number(own?.users ?? 0), leftOut: Number(own?.early ?? 0) };
  });
  const what = `${countText(users, "user", "users")} seen before they were assigned left out`;
  const option = optionText("key", "early", "drop");
  repairs.push({ option, what, rows: users, users, leftOut: { kind: "by arm", arms: leftOut } });
  return { where: `${where} AND NOT early`, repairs };
}
