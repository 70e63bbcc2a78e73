// Any experiment's plain table, as the same one row a user that a campaign becomes.
import { basename } from "node:path";
import { formatNumber } from "../../report/format.ts";
import { quoteName, quoteText } from "../columns.ts";
import {
  fileProblem,
  loadSource,
  refuseCells,
  refuseRows,
  requireColumns,
  requireUnique,
  type SourceTable,
} from "../source-file.ts";
import { clampedSql } from "../sql/campaign-units.ts";
import { tryNumber } from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan, TableSources } from "./measurement-plan.ts";
import {
  numberChecks,
  type OutcomeNumber,
  outcomeNumbers,
  requireSegments,
  segmentSql,
} from "./outcome-units.ts";
import { metricColumns, segmentColumn, UNITS, USER } from "./unit-columns.ts";

export interface TableUnits {
  readonly rows: number;
  /** The arms of the table, the control first, the others in order, as ids. */
  readonly arms: readonly string[];
  readonly notes: readonly string[];
}

const ROWS = "table rows";
const MOST_ARMS = 50;

/**
 * The file as it is, for who has to know its columns before there is a plan.
 * @param wanted columns that may be asked for
 */
export function loadTable(
  warehouse: Warehouse,
  { file, table }: Pick<TableSources, "file" | "table">,
  wanted: readonly string[],
): Promise<SourceTable> {
  return loadSource(warehouse, file, ROWS, table, wanted);
}

/**
 * Makes the table `units`. Throws `invalid_file` naming line or row, column and how many rows.
 * @param together column of what rows belong to, which `units` then says of each; null: to nothing
 */
export async function buildTableUnits(
  warehouse: Warehouse,
  plan: MeasurementPlan,
  sources: TableSources,
  loaded?: SourceTable,
  together?: string | null,
): Promise<TableUnits> {
  const numbers = allNumbers(plan, sources);
  const user = [sources.user, together].filter((each) => typeof each === "string");
  const wanted = [
    ...[sources.arm, ...numbers.map(({ column }) => column)],
    ...[...plan.segments, ...user],
  ];
  const source = loaded ?? (await loadTable(warehouse, sources, wanted));
  requireColumns(source, wanted);
  await requireCells(warehouse, source, numbers, sources);
  if (sources.user !== null) await requireOneArm(warehouse, source, sources.user, sources.arm);
  const whose = together === undefined ? [] : [`${whoseSql(source, together)} AS ${USER}`];
  const notes = await copyUnits(warehouse, source, numbers, plan, sources, whose);
  await requireSegments(warehouse, UNITS, sources.file, plan);
  const arms = await tableArms(warehouse, source, sources);
  return { rows: source.rows, arms, notes };
}

function allNumbers(plan: MeasurementPlan, { claimed, cost }: TableSources): OutcomeNumber[] {
  const claims = claimed === null ? [] : [{ name: "claimed", column: claimed, isShare: true }];
  const costs = cost === null ? [] : [{ name: "cost", column: cost, isShare: false }];
  return [...outcomeNumbers(plan), ...claims, ...costs];
}

function isEmpty(column: string): string {
  return `(${quoteName(column)} IS NULL OR trim(${quoteName(column)}::VARCHAR) = '')`;
}

/** A row that says nothing belongs to nothing else. */
function whoseSql({ position }: SourceTable, column: string | null): string {
  const row = `'row ' || ${quoteName(position)}`;
  if (column === null) return row;
  return `CASE WHEN ${isEmpty(column)} THEN ${row} ELSE ${quoteName(column)}::VARCHAR END`;
}

async function requireCells(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  { arm, missing, missingOption }: TableSources,
): Promise<void> {
  const drop = `${missingOption} drop`;
  if (missing !== "drop") {
    await refuseRows(warehouse, source, arm, isEmpty(arm), `an arm (or ${drop})`);
  }
  const checks = numbers.flatMap((number) => {
    const { column, name } = number;
    const given = numberChecks(source, number).map((check) => ({
      ...check,
      wrong: `NOT ${isEmpty(column)} AND (${check.wrong})`,
    }));
    // A history that nobody has is not a history of nothing.
    const isHistory = name.startsWith("before");
    if (missing === "drop" || (missing === "zero" && !isHistory)) return given;
    const expected = isHistory
      ? `a number (or ${drop})`
      : `a number (or ${missingOption} zero, or ${drop})`;
    return [...given, { column, wrong: isEmpty(column), expected }];
  });
  await refuseCells(warehouse, source, checks);
}

async function requireOneArm(
  warehouse: Warehouse,
  source: SourceTable,
  user: string,
  arm: string,
): Promise<void> {
  const [name, value] = [quoteName(user), quoteName(arm)];
  await refuseRows(warehouse, source, user, isEmpty(user), "a user's id");
  const several =
    `${name} IN (SELECT ${name} FROM ${quoteName(source.table)} ` +
    `GROUP BY ${name} HAVING min(${value}) <> max(${value}))`;
  await refuseRows(warehouse, source, user, several, "each user in one arm");
  await requireUnique(warehouse, source, user);
}

async function copyUnits(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  plan: MeasurementPlan,
  { arm, arms, missing, claimed, cost }: TableSources,
  whose: readonly string[],
): Promise<string[]> {
  const cells = numbers.map(({ column }) => isEmpty(column));
  const some = cells.length === 0 ? "false" : cells.join(" OR ");
  const clampOf = (name: string) => {
    const metric = plan.metrics.find((each) => metricColumns(plan, each).value === name);
    if (metric === undefined || metric.clamp === null) return null;
    return { bounds: metric.clamp, kept: metricColumns(plan, metric).unbounded };
  };
  const values = numbers.map(({ name, column }) => {
    const value = `CASE WHEN ${isEmpty(column)} THEN 0 ELSE ${tryNumber(column)} END`;
    return clampedSql(value, name, clampOf(name));
  });
  const segments = plan.segments.map(
    (segment) => `${segmentSql(quoteName(segment))} AS ${quoteName(segmentColumn(plan, segment))}`,
  );
  const ids = Object.entries(arms).map(
    ([value, id]) => `WHEN ${quoteText(value)} THEN ${quoteText(id)}`,
  );
  const text = `${quoteName(arm)}::VARCHAR`;
  const id = ids.length === 0 ? text : `CASE ${text} ${ids.join(" ")} ELSE ${text} END`;
  const left = missing === "drop" ? `NOT (${isEmpty(arm)} OR ${some})` : "true";
  const further = [
    ...whose,
    ...(claimed === null ? ["0 AS claimed"] : []),
    ...(cost === null ? ["0.0 AS cost"] : []),
  ];
  const from = `FROM ${quoteName(source.table)}`;
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${UNITS} AS
SELECT ${[`${id} AS arm`, ...values, ...segments, ...further].join(",\n  ")}
${from} WHERE ${left}`,
  );
  const { dropped } = await warehouse.row(`SELECT count(*) AS dropped ${from} WHERE NOT (${left})`);
  const { zeros } = await warehouse.row(
    `SELECT count(*) AS zeros ${from} WHERE (${left}) AND (${some})`,
  );
  const notes = [
    `each row of ${basename(source.file)} is taken for one user: ${rowsText(source.rows)}`,
  ];
  if (missing === "drop") {
    notes.push(`${rowsText(Number(dropped))} with an empty cell left out, as asked`);
  }
  if (missing === "zero") notes.push(`empty numbers of ${rowsText(Number(zeros))} taken for 0`);
  return notes;
}

function rowsText(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? "row" : "rows"}`;
}

async function tableArms(
  warehouse: Warehouse,
  { file }: SourceTable,
  { arm, arms, control }: TableSources,
): Promise<string[]> {
  const { n } = await warehouse.row(`SELECT count(DISTINCT arm) AS n FROM ${UNITS}`);
  const place = `column "${arm}"`;
  if (Number(n) > MOST_ARMS) {
    const message = `expected at most ${MOST_ARMS} arms, found ${formatNumber(Number(n))} values`;
    throw fileProblem(file, place, message, { column: arm });
  }
  const found = await warehouse.rows(`SELECT DISTINCT arm FROM ${UNITS} ORDER BY arm`);
  const ids = found.map((row) => String(row.arm));
  const held = arms[control] ?? control;
  const listed = ids.map((each) => `"${each}"`).join(", ") || "no rows";
  if (!ids.includes(held)) {
    const message = `expected the control "${held}" among the arms, found ${listed}`;
    throw fileProblem(file, place, message, { column: arm });
  }
  if (ids.length < 2) {
    const message = `expected another arm beside the control, found ${listed} only`;
    throw fileProblem(file, place, message, { column: arm });
  }
  return [held, ...ids.filter((each) => each !== held)];
}
