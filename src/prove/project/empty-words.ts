// Cells that say in words that nothing is there (NA, NaN, \N), or hold an infinity that stands for
// that: taken for empty cells, where somebody listed them.
import { quoteName, quoteText } from "../columns.ts";
import { countText, type Repair } from "../repair.ts";
import type { SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";

/**
 * The relation with such cells empty, or the one that was given where no words were. Upper and
 * lower case are alike.
 * @param columns in which words are looked for: not that of the users' ids
 * @param option as it was asked for
 */
export async function withoutWords(
  warehouse: Warehouse,
  source: SourceTable,
  columns: readonly string[],
  words: readonly string[],
  option: string,
): Promise<{ readonly source: SourceTable; readonly repairs: readonly Repair[] }> {
  if (words.length === 0) return { source, repairs: [] };
  const list = words.map((word) => quoteText(word.trim().toLowerCase())).join(", ");
  const own = [...new Set(columns)];
  const isWord = (column: string): string =>
    `coalesce(lower(trim(${quoteName(column)}::VARCHAR)) IN (${list}), false)`;
  const some = own.map(isWord).join(" OR ");
  const { rows } = await warehouse.row(
    `SELECT count(*) FILTER (WHERE ${some}) AS rows FROM ${quoteName(source.table)}`,
  );
  const target = `${source.table}, words left out`;
  const cells = [source.position, ...source.types.keys()].map((column) => {
    const name = quoteName(column);
    return own.includes(column)
      ? `CASE WHEN ${isWord(column)} THEN NULL ELSE ${name} END AS ${name}`
      : name;
  });
  await warehouse.run(
    `CREATE OR REPLACE VIEW ${quoteName(target)} AS
SELECT ${cells.join(", ")} FROM ${quoteName(source.table)}`,
  );
  const what = `cells of ${countText(Number(rows), "row", "rows")} taken for empty ones`;
  const repair = { option, what, rows: Number(rows), users: null, leftOut: null };
  return { source: { ...source, table: target }, repairs: [repair] };
}
