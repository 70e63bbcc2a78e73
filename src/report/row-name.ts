// What names a row of a table where the row stands alone, as a card on a phone or on a narrow
// terminal: the texts before its first number.
import type { Column } from "./column.ts";

const MOST = 3;

/** How many of the first columns name a row; a table of texts alone is named by its first. */
export function namingColumns(columns: readonly Column[]): number {
  const first = columns.findIndex(({ align }) => align === "right");
  return first < 0 ? 1 : Math.min(MOST, Math.max(1, first));
}

/** The name, and the places of the cells that are not part of it. */
export function rowName(
  columns: readonly Column[],
  row: readonly string[],
): { readonly name: string; readonly rest: readonly number[] } {
  const count = namingColumns(columns);
  const named = row.slice(0, count).filter((cell) => cell !== "");
  const [first] = columns;
  const isNumber = first?.align === "right" && first.title !== "";
  return {
    name: isNumber ? `${first.title}: ${named.join(", ")}` : named.join(", "),
    rest: columns.slice(count).map((_, i) => count + i),
  };
}
