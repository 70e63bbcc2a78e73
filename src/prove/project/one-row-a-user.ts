// Users in several rows or arms of a table: refused, naming the option that would repair it, or
// repaired as it was asked for.
import { quoteName } from "../columns.ts";
import { countText, type Repair } from "../repair.ts";
import { refuseRows, requireUnique, type SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";
import type { TableSources } from "./measurement-plan.ts";
import { mergeRows } from "./merge-rows.ts";
import type { OutcomeNumber } from "./outcome-units.ts";
import { optionText } from "./repair-option.ts";

/** @param labels columns beside the numbers that are read: the same in all rows of a user */
export async function oneRowAUser(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  labels: readonly string[],
  sources: TableSources & { readonly user: string },
): Promise<{ readonly source: SourceTable; readonly repairs: readonly Repair[] }> {
  const { user, arm, duplicates } = sources;
  const single = await oneArm(warehouse, source, sources);
  if (duplicates === "refuse") {
    const option = (value: string) => optionText(sources.style, "duplicates", value);
    const or = `(or ${option("identical")}, or ${option("sum")})`;
    await requireUnique(warehouse, single.source, user, quoteName(user), or);
    return single;
  }
  const merged = await mergeRows(warehouse, {
    ...{ source: single.source, user, key: quoteName(user), numbers, at: null, duplicates },
    labels: [...new Set([arm, ...labels])].filter((label) => label !== user),
    option: optionText(sources.style, "duplicates", duplicates),
  });
  return { source: merged.source, repairs: [...single.repairs, merged.repair] };
}

/** Without users of several arms: nobody knows which of them would have been the right one. */
async function oneArm(
  warehouse: Warehouse,
  source: SourceTable,
  { user, arm, severalArms, style }: TableSources & { readonly user: string },
): Promise<{ readonly source: SourceTable; readonly repairs: readonly Repair[] }> {
  const [name, value] = [quoteName(user), quoteName(arm)];
  const several =
    `${name} IN (SELECT ${name} FROM ${quoteName(source.table)} ` +
    `GROUP BY ${name} HAVING min(${value}) <> max(${value}))`;
  const option = optionText(style, "severalArms", "drop");
  if (severalArms === "refuse") {
    await refuseRows(warehouse, source, user, several, `each user in one arm (or ${option})`);
    return { source, repairs: [] };
  }
  const target = `${source.table}, of one arm`;
  const found = await warehouse.row(
    `SELECT count(*) AS rows, count(DISTINCT ${name}) AS users
FROM ${quoteName(source.table)} WHERE ${several}`,
  );
  const [rows, users] = [Number(found.rows), Number(found.users)];
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${quoteName(target)} AS
SELECT * FROM ${quoteName(source.table)} WHERE NOT (${several})`,
  );
  const said = `${countText(users, "user", "users")} of several arms`;
  const what = `${said} left out after they were assigned (${countText(rows, "row", "rows")})`;
  const leftOut = { kind: "of several arms", users } as const;
  const rest = { ...source, table: target, rows: source.rows - rows };
  return { source: rest, repairs: [{ option, what, rows, users, leftOut }] };
}
