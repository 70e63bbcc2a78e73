// Several rows of one user made one, where somebody said what they are: repetitions of the same
// row, or parts of one result. Neither asks which arm the user is in, nor how it came out.
import { quoteName } from "../columns.ts";
import { countText, type Repair } from "../repair.ts";
import { fileProblem, refuseRows, type SourceTable } from "../source-file.ts";
import { exactSum, tryNumber } from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";
import type { Duplicates } from "./measurement-plan.ts";
import type { OutcomeNumber } from "./outcome-units.ts";

export interface MergeQuestion {
  readonly source: SourceTable;
  readonly user: string;
  /** SQL of what tells users apart. */
  readonly key: string;
  readonly numbers: readonly OutcomeNumber[];
  /** Further columns that are read: they have to agree. */
  readonly labels: readonly string[];
  /** When a row was seen: its column, and SQL of its ms. Of several parts the earliest counts. */
  readonly at: { readonly column: string; readonly sql: string } | null;
  readonly duplicates: Exclude<Duplicates, "refuse">;
  /** As it was asked for. */
  readonly option: string;
}

/**
 * A relation with a row a user, under the columns' own names. Refuses users whose rows differ in
 * what has to agree, naming the first such row.
 */
export async function mergeRows(
  warehouse: Warehouse,
  question: MergeQuestion,
): Promise<{ readonly source: SourceTable; readonly repair: Repair }> {
  const { source, user, key, duplicates, option } = question;
  const target = `${source.table}, one a user`;
  const from = quoteName(source.table);
  const { same, parts } = columnsOf(question);
  const place = quoteName(source.position);
  const group = [`${key}`, ...same.map(({ sql }) => sql)].join(", ");
  const columns = [
    `min(${place}) AS ${place}`,
    `min(${quoteName(user)}) AS ${quoteName(user)}`,
    ...[...same, ...parts].map(({ column, sql }) => `${sql} AS ${quoteName(column)}`),
    'count(*) AS "merged rows"',
  ];
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${quoteName(target)} AS
SELECT ${columns.join(",\n  ")}
FROM ${from} GROUP BY ${group}`,
  );
  const merged = await withTypes(warehouse, { ...source, table: target });
  const again =
    `${place} IN (SELECT ${place} FROM (SELECT ${place}, row_number() OVER ` +
    `(PARTITION BY ${key} ORDER BY ${place}) AS nth FROM ${quoteName(target)}) WHERE nth > 1)`;
  const names = same.map(({ column }) => `"${column}"`).join(", ");
  const expected = `rows of one user that agree in ${names} (${option} takes no others together)`;
  await refuseRows(warehouse, merged, user, again, expected);
  const row = await warehouse.row(
    `SELECT count(*) AS users, coalesce(sum("merged rows"), 0) AS rows
FROM ${quoteName(target)} WHERE "merged rows" > 1`,
  );
  const [users, rows] = [Number(row.users), Number(row.rows)];
  const how = duplicates === "identical" ? "equal, taken for one each" : "added up, one each";
  const what = `${countText(rows, "row", "rows")} of ${countText(users, "user", "users")} ${how}`;
  return { source: merged, repair: { option, what, rows, users, leftOut: null } };
}

interface MergedColumn {
  readonly column: string;
  readonly sql: string;
}

/** Columns that have to agree, and those of which rows hold parts. */
function columnsOf({ source, numbers, labels, at, duplicates, user }: MergeQuestion): {
  readonly same: readonly MergedColumn[];
  readonly parts: readonly MergedColumn[];
} {
  const same = new Map(labels.map((column) => [column, quoteName(column)]));
  const parts = new Map<string, string>();
  for (const { name, column, isShare } of numbers) {
    if (same.has(column) || column === user) continue;
    const isHistory = name.startsWith("before");
    if (duplicates === "identical" || isHistory) {
      parts.delete(column);
      same.set(column, tryNumber(column));
      continue;
    }
    const sql = partSql(column, isShare);
    const other = parts.get(column);
    if (other !== undefined && other !== sql) {
      const message =
        "is read as a share and as a sum, which several rows of a user cannot be both";
      throw fileProblem(source.file, `column "${column}"`, message, { column });
    }
    parts.set(column, sql);
  }
  if (at !== null && duplicates === "identical") same.set(at.column, at.sql);
  if (at !== null && duplicates === "sum") parts.set(at.column, `min(${at.sql})`);
  const listed = (map: ReadonlyMap<string, string>): MergedColumn[] =>
    [...map].map(([column, sql]) => ({ column, sql }));
  return { same: listed(same), parts: listed(parts) };
}

/** A user with an empty cell in a part has no sum: what `missing` says is for the whole user. */
function partSql(column: string, isShare: boolean): string {
  const value = tryNumber(column);
  const whole = isShare ? `max(${value})` : exactSum(value, "true");
  return `CASE WHEN count(${value}) = count(*) THEN ${whole} END`;
}

async function withTypes(warehouse: Warehouse, source: SourceTable): Promise<SourceTable> {
  const described = await warehouse.rows(`DESCRIBE ${quoteName(source.table)}`);
  const types = new Map(
    described.map((row) => [String(row.column_name), String(row.column_type)] as const),
  );
  const { n } = await warehouse.row(`SELECT count(*) AS n FROM ${quoteName(source.table)}`);
  return { ...source, types, rows: Number(n) };
}
