// What was done, as asked, to the outcomes of one study's users: some counted as zero, some left
// out since what is known of them is of before they were assigned. And whom each log knows.
import { formatPercent } from "../../report/format.ts";
import { quoteName } from "../columns.ts";
import { countText, type LeftOut, type Repair } from "../repair.ts";
import type { ResultRow, Warehouse } from "../warehouse.ts";
import { isTakenForZero, type OutcomesSource } from "./measurement-plan.ts";
import { optionText } from "./repair-option.ts";
import { foundColumn, UNITS } from "./unit-columns.ts";

export interface CountedUsers {
  /** SQL of the users who count. */
  readonly where: string;
  /** Of each arm, whether they count or not. */
  readonly users: readonly { readonly id: string; readonly users: number }[];
  readonly repairs: readonly Repair[];
  /** Of each log, how many of each arm's users are in it. */
  readonly notes: readonly string[];
}

interface CountedQuestion {
  readonly title: string;
  /** SQL of the study's users. */
  readonly where: string;
  readonly outcomes: OutcomesSource | null;
  /** Ids of its arms. */
  readonly arms: readonly string[];
  /** Names of the logs that are read. */
  readonly logs: readonly string[];
}

export async function countedUsers(
  warehouse: Warehouse,
  { title, where, outcomes, arms, logs }: CountedQuestion,
): Promise<CountedUsers> {
  const counts = ["early", "holed", ...logs.map(foundColumn)].map((column) => {
    const name = quoteName(column);
    return `, count(*) FILTER (WHERE ${name}) AS ${name}`;
  });
  const rows = await warehouse.rows(
    `SELECT arm, count(*) AS users, count(*) FILTER (WHERE NOT present) AS absent
${counts.join("\n")}
FROM ${UNITS} WHERE ${where} GROUP BY 1`,
  );
  const of = byArm(rows, arms);
  const users = of("early").arms.map(({ id, users: count }) => ({ id, users: count }));
  const notes = logs.map((log) => {
    const each = of(foundColumn(log)).arms.map(
      ({ id, users, leftOut }) =>
        `${id} ${users === 0 ? "none" : formatPercent(leftOut / users, 2)}`,
    );
    return `${title}, users of each arm who are in log ${log}: ${each.join(", ")}`;
  });
  if (outcomes === null) return { where, users, repairs: [], notes };
  const repairs = takenForZero(outcomes, of);
  if (outcomes.early === "keep") return { where, users, repairs, notes };
  const early = of("early");
  const what = `${countText(early.sum, "user", "users")} seen before they were assigned left out`;
  const option = optionText("key", "early", "drop");
  const leftOut: LeftOut = { kind: "by arm", arms: early.arms };
  repairs.push({ option, what, rows: early.sum, users: early.sum, leftOut });
  return { where: `${where} AND NOT early`, users, repairs, notes };
}

function takenForZero({ missing }: OutcomesSource, of: ReturnType<typeof byArm>): Repair[] {
  if (!isTakenForZero(missing)) return [];
  const [holed, absent] = [of("holed"), of("absent")];
  const option = optionText("key", "missing", missing);
  const repair = (users: number, rows: number, what: string, { arms }: typeof holed): Repair => ({
    ...{ option, what, rows, users },
    leftOut: { kind: "taken for 0", arms, areInactive: missing === "inactive" },
  });
  const counted = `${countText(absent.sum, "user", "users")} without a row counted as zero`;
  const without = repair(absent.sum, 0, counted, absent);
  if (holed.sum === 0) return [without];
  const cells = `empty numbers of ${countText(holed.sum, "user", "users")} taken for 0`;
  return [repair(holed.sum, holed.sum, cells, holed), without];
}

/** How many users of each arm a column counts. */
function byArm(rows: readonly ResultRow[], arms: readonly string[]) {
  return (column: string) => {
    const counts = arms.map((id) => {
      const own = rows.find((row) => row.arm === id);
      return { id, users: Number(own?.users ?? 0), leftOut: Number(own?.[column] ?? 0) };
    });
    return { arms: counts, sum: counts.reduce((sum, { leftOut }) => sum + leftOut, 0) };
  };
}
