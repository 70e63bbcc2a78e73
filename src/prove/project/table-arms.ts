// The arms of a plain table: what stands in its column, under the names that they are given; and
// what was named that is not there.
import { ownOf } from "../../base/record.ts";
import { nearestOf } from "../../contract/campaign-file/problems.ts";
import { formatNumber } from "../../report/format.ts";
import { quoteName, quoteText } from "../columns.ts";
import { fileProblem, type SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";
import type { TableSources } from "./measurement-plan.ts";
import { UNITS } from "./unit-columns.ts";

const MOST_ARMS = 50;

export interface TableArms {
  /** The control first, the others in order. */
  readonly ids: readonly string[];
  /** What readers should know of how the column's values became arms. */
  readonly notes: readonly string[];
}

/** SQL of the arm's id. */
export function armSql({ arm, arms }: Pick<TableSources, "arm" | "arms">): string {
  const ids = Object.entries(arms).map(
    ([value, id]) => `WHEN ${quoteText(value)} THEN ${quoteText(id)}`,
  );
  const text = `${quoteName(arm)}::VARCHAR`;
  return ids.length === 0 ? text : `CASE ${text} ${ids.join(" ")} ELSE ${text} END`;
}

/**
 * The arms among `units`. Throws `invalid_file` where there are too many or too few, where the
 * control is none of them, and where a name or a share is of a value that no row has.
 * @param source the rows as they are in the file
 */
export async function tableArms(
  warehouse: Warehouse,
  source: SourceTable,
  sources: TableSources,
): Promise<TableArms> {
  const { arm, arms, control, missing, style } = sources;
  const refuse = (message: string): never => {
    throw fileProblem(source.file, `column "${arm}"`, message, { column: arm });
  };
  const { n } = await warehouse.row(`SELECT count(DISTINCT arm) AS n FROM ${UNITS}`);
  if (Number(n) > MOST_ARMS) {
    refuse(`expected at most ${MOST_ARMS} arms, found ${formatNumber(Number(n))} values`);
  }
  const found = await warehouse.rows(`SELECT DISTINCT arm FROM ${UNITS} ORDER BY arm`);
  const ids = found.map((row) => String(row.arm));
  if (ids.length === 0) {
    const why = missing === "drop" ? "every row has an empty cell, and was left out" : "no rows";
    refuse(`expected arms, found none: ${why}`);
  }
  const values = await valuesOf(warehouse, source, arm);
  requireNamed(sources, values, refuse);
  const held = ownOf(arms, control) ?? control;
  const listed = ids.map((each) => `"${each}"`).join(", ");
  if (!ids.includes(held)) {
    const meant = ids.find((id) => bare(id) === bare(held)) ?? nearestOf(held, ids);
    const hint = meant === undefined ? "" : ` (did you mean "${meant}"?)`;
    refuse(`expected the control "${held}" among the arms, found ${listed}${hint}`);
  }
  if (ids.length < 2) refuse(`expected another arm beside the control, found ${listed} only`);
  const notes = [...pooled(sources, values), ...alike(ids, style)];
  return { ids: [held, ...ids.filter((each) => each !== held)], notes };
}

/** What stands in the column. */
async function valuesOf(warehouse: Warehouse, source: SourceTable, arm: string): Promise<string[]> {
  const cell = `${quoteName(arm)}::VARCHAR`;
  const rows = await warehouse.rows(
    `SELECT DISTINCT ${cell} AS value FROM ${quoteName(source.table)} WHERE ${cell} IS NOT NULL
ORDER BY 1`,
  );
  return rows.map((row) => String(row.value));
}

/** A name of nothing is a slip; a share of nothing is an arm that lost all its users. */
function requireNamed(
  { arms, shares }: TableSources,
  values: readonly string[],
  refuse: (message: string) => never,
): void {
  const hint = (value: string): string => {
    const meant = values.find((each) => bare(each) === bare(value)) ?? nearestOf(value, values);
    return meant === undefined ? "" : ` (did you mean "${meant}"?)`;
  };
  const idle = Object.keys(arms).find((value) => !values.includes(value));
  if (idle !== undefined) {
    refuse(`no row says "${idle}", which sources.table.arms gives a name${hint(idle)}`);
  }
  const lost = Object.keys(shares ?? {}).find((value) => !values.includes(value));
  if (lost !== undefined) {
    refuse(`no row says "${lost}", which sources.table.shares gives a share${hint(lost)}`);
  }
}

/** Values that are called by one name are one arm: that is wanted, or a slip. */
function pooled({ arm, arms }: TableSources, values: readonly string[]): string[] {
  const idOf = (value: string): string => ownOf(arms, value) ?? value;
  return [...new Set(values.map(idOf))].flatMap((id) => {
    const own = values.filter((value) => idOf(value) === id);
    if (own.length < 2) return [];
    const listed = own.map((value) => `"${value}"`).join(", ");
    return [`one arm, "${id}", is made of several values of the column "${arm}": ${listed}`];
  });
}

/** Names that look alike, and are told apart all the same. */
function alike(ids: readonly string[], style: TableSources["style"]): string[] {
  const repair = style === "key" ? "give both one name by arms" : "correct the column";
  return ids.flatMap((id, i) => {
    const other = ids.slice(0, i).find((each) => bare(each) === bare(id));
    if (other === undefined) return [];
    const how = "differ in case, spaces or hidden signs only";
    return [`the arms "${other}" and "${id}" ${how}: if they are one, ${repair}`];
  });
}

/** Without case, spaces and whatever has no width. */
function bare(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]/gu, "");
}
