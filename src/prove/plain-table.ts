// Any experiment's plain table: one row a user, a column with the arm, some with outcomes. Checked
// before anything is summed; what could be repaired is repaired only where it was asked for.
import { formatNumber } from "../report/format.ts";
import { quoteName } from "./columns.ts";
import {
  fileProblem,
  loadSource,
  refuseRows,
  requireColumns,
  requireUnique,
  type SourceTable,
} from "./source-file.ts";
import type { Warehouse } from "./warehouse.ts";

/** What happens to rows with an empty cell: refused, left out, or (outcomes only) taken for 0. */
export type Missing = "refuse" | "drop" | "zero";

export interface PlainTableQuestion {
  /** CSV or Parquet. */
  readonly file: string;
  /** Column with the arm, and the value of the held-out arm in it. */
  readonly arm: string;
  readonly control: string;
  /** Columns; one that names none is read as several, parted by commas. */
  readonly outcomes: readonly string[];
  /** Column with a number of the user before the experiment. */
  readonly before?: string;
  /** Column with the user's id, to find users who stand in several rows or arms. */
  readonly user?: string;
  readonly missing?: Missing;
}

export interface PlainOutcome {
  readonly id: string;
  /** Whether every value is 0 or 1. */
  readonly isShare: boolean;
  /** Its column in the table. */
  readonly column: string;
}

/** A table of the warehouse with the columns `arm` (text) and one DOUBLE an outcome. */
export interface PlainTable {
  readonly table: string;
  readonly outcomes: readonly PlainOutcome[];
  /** The column with the number before the experiment, or null. */
  readonly before: string | null;
  /** Values of the arm column, the control first, the others in order. */
  readonly arms: readonly string[];
  readonly notes: readonly string[];
}

const ROWS = "plain rows";
const TABLE = "plain";
const MAX_ARMS = 50;
/** Squares of larger numbers, summed over a file, would leave the range of doubles. */
const LARGEST = 1e100;

/** Loads and checks a file. Throws `invalid_file` naming line or row, column and how many rows. */
export async function loadPlainTable(
  warehouse: Warehouse,
  question: PlainTableQuestion,
): Promise<PlainTable> {
  const source = await loadSource(warehouse, question.file, ROWS);
  const outcomeNames = outcomeColumns(source, question.outcomes);
  const { before } = question;
  const names = before === undefined ? outcomeNames : [...outcomeNames, before];
  const user = question.user === undefined ? [] : [question.user];
  requireColumns(source, [question.arm, ...names, ...user]);
  await requireArmCells(warehouse, source, question);
  await requireNumberCells(warehouse, source, names, question);
  const notes = await prepare(warehouse, source, names, question);
  if (question.user !== undefined) await requireOneRowEach(warehouse, source, question);
  const arms = await armsOf(warehouse, question);
  const outcomes: PlainOutcome[] = [];
  for (const [i, name] of outcomeNames.entries()) {
    outcomes.push(await outcomeOf(warehouse, name, i));
  }
  const history = before === undefined ? null : outcomeName(outcomeNames.length);
  return { table: TABLE, outcomes, before: history, arms, notes };
}

function outcomeColumns(source: SourceTable, given: readonly string[]): string[] {
  const names = given.flatMap((name) =>
    source.columns.includes(name) ? [name] : name.split(",").map((part) => part.trim()),
  );
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return names;
  throw fileProblem(source.file, "", `the outcome "${twice}" is named twice`);
}

function isEmpty(column: string): string {
  return `(${quoteName(column)} IS NULL OR trim(${quoteName(column)}::VARCHAR) = '')`;
}

async function requireArmCells(
  warehouse: Warehouse,
  source: SourceTable,
  { arm, missing }: PlainTableQuestion,
): Promise<void> {
  if (missing === "drop") return;
  await refuseRows(warehouse, source, arm, isEmpty(arm), "an arm (or --missing drop)");
}

async function requireNumberCells(
  warehouse: Warehouse,
  source: SourceTable,
  names: readonly string[],
  { missing = "refuse", before }: PlainTableQuestion,
): Promise<void> {
  for (const name of names) {
    const cast = `TRY_CAST(${quoteName(name)} AS DOUBLE)`;
    const wrong = `NOT ${isEmpty(name)} AND (${cast} IS NULL OR NOT isfinite(${cast}))`;
    await refuseRows(warehouse, source, name, wrong, "a finite number");
    const huge = `abs(${cast}) > ${LARGEST}`;
    await refuseRows(warehouse, source, name, huge, `a number of at most ${LARGEST} in size`);
    // A history that nobody has is not a history of nothing.
    const isHistory = name === before;
    if (missing === "drop" || (missing === "zero" && !isHistory)) continue;
    const expected = isHistory
      ? "a number (or --missing drop)"
      : "a number (or --missing zero, or --missing drop)";
    await refuseRows(warehouse, source, name, isEmpty(name), expected);
  }
}

/** Copies what is read into `TABLE`, and says what was repaired. */
async function prepare(
  warehouse: Warehouse,
  source: SourceTable,
  names: readonly string[],
  question: PlainTableQuestion,
): Promise<string[]> {
  const { arm, missing } = question;
  const cells = names.map((name) => isEmpty(name));
  const some = cells.length === 0 ? "false" : cells.join(" OR ");
  const values = names.map((name, i) => {
    const number = `CAST(${quoteName(name)} AS DOUBLE)`;
    return `CASE WHEN ${cells[i]} THEN 0 ELSE ${number} END AS ${quoteName(outcomeName(i))}`;
  });
  const place = quoteName(source.position);
  const left = missing === "drop" ? `NOT (${isEmpty(arm)} OR ${some})` : "true";
  const from = `FROM ${quoteName(source.table)}`;
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${TABLE} AS SELECT ${place} AS place, ` +
      `${[`${quoteName(arm)}::VARCHAR AS arm`, ...values].join(", ")} ${from} WHERE ${left}`,
  );
  const { n } = await warehouse.row(`SELECT count(*) AS n ${from} WHERE NOT (${left})`);
  const { zeros } = await warehouse.row(`SELECT count(*) AS zeros ${from} WHERE ${some}`);
  const notes = [`each row of ${source.file} is taken for one user: ${rows(source.rows)}`];
  if (missing === "drop") notes.push(`${rows(Number(n))} with an empty cell left out, as asked`);
  if (missing === "zero") notes.push(`empty outcomes of ${rows(Number(zeros))} taken for 0`);
  return notes;
}

function rows(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? "row" : "rows"}`;
}

async function requireOneRowEach(
  warehouse: Warehouse,
  source: SourceTable,
  { user, arm }: PlainTableQuestion,
): Promise<void> {
  const [name, value] = [quoteName(user!), quoteName(arm)];
  await refuseRows(warehouse, source, user!, isEmpty(user!), "a user's id");
  const several =
    `${name} IN (SELECT ${name} FROM ${quoteName(source.table)} ` +
    `GROUP BY ${name} HAVING count(DISTINCT ${value}) > 1)`;
  await refuseRows(warehouse, source, user!, several, "each user in one arm");
  await requireUnique(warehouse, source, user!);
}

async function armsOf(
  warehouse: Warehouse,
  { file, arm, control }: PlainTableQuestion,
): Promise<string[]> {
  const { n } = await warehouse.row(`SELECT count(DISTINCT arm) AS n FROM ${TABLE}`);
  const place = `column "${arm}"`;
  if (Number(n) > MAX_ARMS) {
    const message = `expected at most ${MAX_ARMS} arms, found ${formatNumber(Number(n))} values`;
    throw fileProblem(file, place, message, { column: arm });
  }
  const found = await warehouse.rows(`SELECT DISTINCT arm FROM ${TABLE} ORDER BY arm`);
  const arms = found.map((row) => String(row.arm));
  const listed = arms.map((each) => `"${each}"`).join(", ") || "no rows";
  if (!arms.includes(control)) {
    const message = `expected the control "${control}" among the arms, found ${listed}`;
    throw fileProblem(file, place, message, { column: arm });
  }
  if (arms.length < 2) {
    const message = `expected another arm beside the control, found ${listed} only`;
    throw fileProblem(file, place, message, { column: arm });
  }
  return [control, ...arms.filter((each) => each !== control)];
}

function outcomeName(index: number): string {
  return `outcome ${index + 1}`;
}

async function outcomeOf(warehouse: Warehouse, name: string, index: number): Promise<PlainOutcome> {
  const column = outcomeName(index);
  const sql = `SELECT bool_and(${quoteName(column)} IN (0, 1)) AS share FROM ${TABLE}`;
  const { share } = await warehouse.row(sql);
  return { id: name, isShare: share === true, column };
}
