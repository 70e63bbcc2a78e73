// Any experiment's plain table, as the same one row a user that a campaign becomes.
import { basename } from "node:path";
import { quoteName } from "../columns.ts";
import { countText, type Repair } from "../repair.ts";
import {
  loadSource,
  refuseCells,
  refuseRows,
  requireColumns,
  type SourceTable,
} from "../source-file.ts";
import { clampedSql } from "../sql/campaign-units.ts";
import { tryNumber } from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";
import { withoutWords } from "./empty-words.ts";
import { isTakenForZero, type MeasurementPlan, type TableSources } from "./measurement-plan.ts";
import { oneRowAUser } from "./one-row-a-user.ts";
import {
  emptyOption,
  isEmpty,
  LARGEST,
  numberChecks,
  type OutcomeNumber,
  outcomeNumbers,
  requireSegments,
  segmentSql,
  summedChecks,
} from "./outcome-units.ts";
import { optionText, separatorOption } from "./repair-option.ts";
import { armSql, tableArms } from "./table-arms.ts";
import { metricColumns, segmentColumn, UNITS, USER } from "./unit-columns.ts";

export interface TableUnits {
  readonly rows: number;
  /** The arms of the table, the control first, the others in order, as ids. */
  readonly arms: readonly string[];
  readonly notes: readonly string[];
  /** What was done to the rows, as asked. */
  readonly repairs: readonly Repair[];
}

const ROWS = "table rows";

/**
 * The file as it is, for who has to know its columns before there is a plan.
 * @param wanted columns that may be asked for
 */
export function loadTable(
  warehouse: Warehouse,
  { file, table, style, separator }: TableSources,
  wanted: readonly string[],
): Promise<SourceTable> {
  return loadSource(warehouse, file, ROWS, table, wanted, separatorOption(style, separator));
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
  const read = loaded ?? (await loadTable(warehouse, sources, wanted));
  requireColumns(read, wanted);
  const labels = [sources.arm, ...plan.segments, ...(together == null ? [] : [together])];
  const cells = [...numbers.map(({ column }) => column), ...labels];
  const { empty, style } = sources;
  const option = optionText(style, "empty", empty.join(style === "flag" ? "," : ", "));
  const worded = await withoutWords(warehouse, read, cells, empty, option);
  await requireCells(warehouse, worded.source, numbers, sources);
  const { source, repairs } = await rowsOfUsers(warehouse, worded.source, numbers, labels, sources);
  const whose = together === undefined ? [] : [`${whoseSql(source, together)} AS ${USER}`];
  const notes = await copyUnits(warehouse, source, numbers, plan, sources, whose);
  await requireSegments(warehouse, UNITS, sources.file, plan);
  const { ids: arms, notes: named } = await tableArms(warehouse, worded.source, sources);
  const missing = await missingRepairs(warehouse, source, numbers, sources, arms);
  const all = [...worded.repairs, ...repairs, ...missing];
  return { rows: source.rows, arms, notes: [...notes, ...named], repairs: all };
}

/** Where a column says whose rows they are, one a user. */
async function rowsOfUsers(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  labels: readonly string[],
  sources: TableSources,
) {
  const { user, duplicates } = sources;
  if (user === null) return { source, repairs: [] };
  await refuseRows(warehouse, source, user, isEmpty(user), "a user's id");
  if (duplicates === "sum") await refuseCells(warehouse, source, summedChecks(numbers));
  return await oneRowAUser(warehouse, source, numbers, labels, { ...sources, user });
}

function allNumbers(plan: MeasurementPlan, { claimed, cost }: TableSources): OutcomeNumber[] {
  const claims = claimed === null ? [] : [{ name: "claimed", column: claimed, isShare: true }];
  const costs = cost === null ? [] : [{ name: "cost", column: cost, isShare: false }];
  return [...outcomeNumbers(plan), ...claims, ...costs];
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
  { arm, missing, style }: TableSources,
): Promise<void> {
  const drop = optionText(style, "missing", "drop");
  if (missing !== "drop") {
    await refuseRows(warehouse, source, arm, isEmpty(arm), `an arm (or ${drop})`);
  }
  const checks = numbers.flatMap((number) => {
    const { column, name } = number;
    const given = numberChecks(source, number, LARGEST, emptyOption(style)).map((check) => ({
      ...check,
      wrong: `NOT ${isEmpty(column)} AND (${check.wrong})`,
    }));
    // A history that nobody has is not a history of nothing.
    const isHistory = name.startsWith("before");
    if (missing === "drop" || (isTakenForZero(missing) && !isHistory)) return given;
    const expected = isHistory
      ? `a number (or ${drop})`
      : `a number (or ${optionText(style, "missing", "zero")}, or ${drop})`;
    return [...given, { column, wrong: isEmpty(column), expected }];
  });
  await refuseCells(warehouse, source, checks);
}

async function copyUnits(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  plan: MeasurementPlan,
  sources: TableSources,
  whose: readonly string[],
): Promise<string[]> {
  const { claimed, cost } = sources;
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
  const further = [
    ...whose,
    ...(claimed === null ? ["0 AS claimed"] : []),
    ...(cost === null ? ["0.0 AS cost"] : []),
  ];
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${UNITS} AS
SELECT ${[`${armSql(sources)} AS arm`, ...values, ...segments, ...further].join(",\n  ")}
FROM ${quoteName(source.table)} WHERE ${keptSql(numbers, sources)}`,
  );
  const { duplicates } = sources;
  const [what, count] = [basename(source.file), source.rows];
  if (sources.user !== null && duplicates !== "refuse") {
    return [`rows of one user in ${what} are taken together: ${countText(count, "user", "users")}`];
  }
  if (sources.user !== null) {
    const users = countText(count, "user", "users");
    return [`each row of ${what} is one user's, by the column "${sources.user}": ${users}`];
  }
  return [`each row of ${what} is taken for one user: ${countText(count, "row", "rows")}`];
}

function holedSql(numbers: readonly OutcomeNumber[]): string {
  const cells = numbers.map(({ column }) => isEmpty(column));
  return cells.length === 0 ? "false" : `(${cells.join(" OR ")})`;
}

/** Which rows count. */
function keptSql(numbers: readonly OutcomeNumber[], { arm, missing }: TableSources): string {
  return missing === "drop" ? `NOT (${isEmpty(arm)} OR ${holedSql(numbers)})` : "true";
}

/** What became of rows with empty cells, where that was asked for. */
async function missingRepairs(
  warehouse: Warehouse,
  source: SourceTable,
  numbers: readonly OutcomeNumber[],
  sources: TableSources,
  arms: readonly string[],
): Promise<Repair[]> {
  const { missing, style, arm } = sources;
  if (missing === "refuse") return [];
  const option = optionText(style, "missing", missing);
  const from = `FROM ${quoteName(source.table)}`;
  const isZero = isTakenForZero(missing);
  const left = isZero ? holedSql(numbers) : `NOT (${keptSql(numbers, sources)})`;
  const { n } = await warehouse.row(`SELECT count(*) AS n ${from} WHERE ${left}`);
  const found = await warehouse.rows(
    `SELECT ${armSql(sources)} AS id, count(*) AS users, count(*) FILTER (WHERE ${left}) AS lost
${from} WHERE NOT ${isEmpty(arm)} GROUP BY 1`,
  );
  const leftOut = arms.map((id) => {
    const own = found.find((row) => String(row.id) === id);
    return { id, users: Number(own?.users ?? 0), leftOut: Number(own?.lost ?? 0) };
  });
  const rows = Number(n);
  const counted = countText(rows, "row", "rows");
  if (isZero) {
    const what = `empty numbers of ${counted} taken for 0`;
    const areInactive = missing === "inactive";
    const taken = { kind: "taken for 0", arms: leftOut, areInactive } as const;
    return [{ option, what, rows, users: rows, leftOut: taken }];
  }
  const what = `${counted} with an empty cell left out`;
  return [{ option, what, rows, users: rows, leftOut: { kind: "by arm", arms: leftOut } }];
}
