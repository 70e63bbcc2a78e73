// A file of customers as histories: a log of purchases, a summary a customer, or a cohort's table
// of who is left. Recognised by its columns; every cell is checked before anything is fitted.

import { quoteName } from "../columns.ts";
import { separatorOption } from "../project/repair-option.ts";
import {
  fileProblem,
  loadSource,
  refuseRows,
  requireColumns,
  requireNumbers,
  requireUnique,
  type SourceTable,
} from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";
import { type CustomerColumns, type CustomerQuestion, KNOWN_NAMES } from "./customer-question.ts";
import { type CustomerFile, customerRow, type Found, requireSeveral } from "./customer-rows.ts";
import { readLog } from "./purchase-log.ts";

/** Loads and checks a file; throws `invalid_file` naming line or row, column and how many rows. */
export async function loadCustomers(
  warehouse: Warehouse,
  question: CustomerQuestion,
): Promise<CustomerFile> {
  const { file, separator = "comma" } = question;
  const by = separatorOption("flag", separator);
  const source = await loadSource(warehouse, file, "customers", null, null, by);
  const named = Object.values(question.columns).filter((name) => name !== undefined);
  requireColumns(source, named);
  const found: Found = (role) =>
    question.columns[role] ??
    source.columns.find((column) => KNOWN_NAMES[role].includes(column.toLowerCase()));
  const kind = kindOf(source, question.columns, found);
  if (kind === "log") return readLog(warehouse, source, question, found);
  if (kind === "summary") return readSummary(warehouse, source, question, found);
  return readCohort(warehouse, source, question, found);
}

function kindOf(
  source: SourceTable,
  named: CustomerColumns,
  found: Found,
): "log" | "summary" | "cohort" {
  const has = (...roles: (keyof CustomerColumns)[]): boolean =>
    roles.every((role) => found(role) !== undefined);
  if (named.survivors !== undefined && has("period")) return "cohort";
  if (has("frequency", "recency", "age")) return "summary";
  if (has("customer", "date")) return "log";
  if (has("period", "survivors")) return "cohort";
  const have = source.columns.map((name) => `"${name}"`).join(", ");
  throw fileProblem(
    source.file,
    source.format === "csv" ? "line 1" : "",
    "expected the columns of a log (customer, date), of a summary (frequency, recency, age) or " +
      `of a cohort (period, survivors), found ${have}; name others by --customer, --date, …`,
    { columns: source.columns },
  );
}

async function readSummary(
  warehouse: Warehouse,
  source: SourceTable,
  question: CustomerQuestion,
  found: Found,
): Promise<CustomerFile> {
  const [x, recency, age] = [found("frequency")!, found("recency")!, found("age")!];
  const count = found("count");
  const customer = count === undefined ? found("customer") : undefined;
  const value = question.columns.value ?? valueColumn(found("value"), [x, recency, age, count]);
  const holdout = found("holdout");
  const numbers = [x, recency, age, count, value, holdout].filter((name) => name !== undefined);
  for (const column of numbers) await requireNumbers(warehouse, source, column);
  const refuse = (column: string, bad: string, expected: string): Promise<void> =>
    refuseRows(warehouse, source, column, bad, expected);
  const n = (column: string): string => `${quoteName(column)}::DOUBLE`;
  await refuse(x, `${n(x)} < 0 OR ${n(x)} <> floor(${n(x)})`, "a whole number of 0 or more");
  await refuse(age, `${n(age)} <= 0`, "a time above 0");
  await refuse(recency, `${n(recency)} < 0`, "a time of 0 or more");
  await refuse(recency, `${n(recency)} > ${n(age)}`, `a time not beyond "${age}"`);
  await refuse(recency, `${n(x)} = 0 AND ${n(recency)} <> 0`, `0 where "${x}" is 0`);
  await refuse(
    recency,
    `${n(x)} > 0 AND ${n(recency)} = 0`,
    `a time above 0 where "${x}" is not 0`,
  );
  for (const [column, least] of [
    [count, 1],
    [value, 0],
    [holdout, 0],
  ] as const) {
    if (column !== undefined) await refuse(column, `${n(column)} < ${least}`, `at least ${least}`);
  }
  if (customer !== undefined) await requireUnique(warehouse, source, customer);
  const pick = (column: string | undefined, other: string): string =>
    column === undefined ? other : n(column);
  const rows = await warehouse.rows(
    `SELECT ${quoteName(customer ?? source.position)}::VARCHAR ` +
      `AS customer, ${n(x)} AS repeats, ${n(recency)} AS recency, ${n(age)} AS age, ` +
      `${pick(count, "1")} AS customers, ${pick(value, "NULL")} AS value, ` +
      `${pick(holdout, "NULL")} AS held FROM ${quoteName(source.table)} ` +
      `ORDER BY ${quoteName(source.position)}`,
  );
  const isPeriods = age.toLowerCase() === "periods";
  if (isPeriods) {
    const fraction = (column: string): string => `${n(column)} <> floor(${n(column)})`;
    await refuse(age, fraction(age), "a whole number of periods");
    await refuse(recency, fraction(recency), "a whole number of periods");
    await refuse(x, `${n(x)} > ${n(recency)}`, `at most one purchase a period of "${recency}"`);
  }
  if (holdout !== undefined && question.holdoutTime === undefined) {
    throw fileProblem(
      source.file,
      `column "${holdout}"`,
      "needs --holdout-time, its length in units",
    );
  }
  const list = rows.map((row) => customerRow(row));
  requireSeveral(source, list);
  return {
    kind: "summary",
    rows: list,
    isPeriods,
    hasValues: value !== undefined,
    holdoutTime: holdout === undefined ? null : question.holdoutTime!,
    notes: [],
  };
}

/** A name that serves two roles serves the first. */
function valueColumn(
  value: string | undefined,
  taken: readonly (string | undefined)[],
): string | undefined {
  return taken.includes(value) ? undefined : value;
}

async function readCohort(
  warehouse: Warehouse,
  source: SourceTable,
  question: CustomerQuestion,
  found: Found,
): Promise<CustomerFile> {
  const [period, survivors] = [found("period")!, found("survivors")!];
  for (const column of [period, survivors]) await requireNumbers(warehouse, source, column);
  const [p, s] = [`${quoteName(period)}::DOUBLE`, `${quoteName(survivors)}::DOUBLE`];
  const place = quoteName(source.position);
  const refuse = (column: string, bad: string, expected: string): Promise<void> =>
    refuseRows(warehouse, source, column, bad, expected);
  await refuse(period, `${p} < 0 OR ${p} <> floor(${p})`, "a whole number of 0 or more");
  await refuse(survivors, `${s} < 0`, "a count of 0 or more");
  const before = (what: string): string =>
    `(SELECT ${place} AS spot, ${what} <= lag(${what}) OVER (ORDER BY ${place}) AS bad, ` +
    `${what} > lag(${what}) OVER (ORDER BY ${place}) AS more FROM ${quoteName(source.table)})`;
  await refuse(period, `${place} IN (SELECT spot FROM ${before(p)} WHERE bad)`, "a later period");
  await refuse(
    survivors,
    `${place} IN (SELECT spot FROM ${before(s)} WHERE more)`,
    "no more than in the row before",
  );
  const rows = await warehouse.rows(
    `SELECT ${p} AS period, ${s} AS survivors FROM ${quoteName(source.table)} ORDER BY ${place}`,
  );
  const first = Number(rows[0]?.survivors ?? 0);
  const refuseCohort = (column: string, message: string): never => {
    throw fileProblem(source.file, `column "${column}"`, message, { rows: rows.length });
  };
  const start = Number(rows[0]?.period);
  if (start !== 0) refuseCohort(period, `expected rows from period 0 on, found ${start} first`);
  if (first === 0) refuseCohort(survivors, "expected customers in period 0, found 0");
  if (rows.length < 3) refuseCohort(period, `expected at least 3 rows, found ${rows.length}`);
  const scale = question.cohortSize === undefined ? 1 : question.cohortSize / first;
  const counts = rows.map((row) => ({
    period: Number(row.period),
    survivors: Number(row.survivors) * scale,
  }));
  const guess = question.cohortSize === undefined && (first === 100 || first === 1);
  const notes = guess
    ? [`the first count is ${first}: if these are shares, give the cohort's size with --size`]
    : [];
  return { kind: "cohort", counts, notes };
}
