// What stands in a table, as text: what is sought in it, and what a spreadsheet gets of it.
import type { IntlShape } from "react-intl";
import type { DataColumn } from "./column.ts";

type Cell = string | number;

/** The word that is shown, else the value. */
function textOf<Row>({ word, value }: DataColumn<Row>, row: Row, intl: IntlShape): Cell {
  return word === undefined ? (value(row) ?? "") : String(intl.messages[word(row)]);
}

/** All words, wherever they stand in the row. */
export function holdsAll<Row>(
  columns: readonly DataColumn<Row>[],
  row: Row,
  sought: string,
  intl: IntlShape,
): boolean {
  const text = columns
    .map((column) => textOf(column, row, intl))
    .join(" ")
    .toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function savedHeads<Row>(columns: readonly DataColumn<Row>[], intl: IntlShape): string[] {
  return columns.flatMap(({ name, currency, unit }) => {
    const title = intl.formatMessage({ id: name });
    const head = unit === undefined ? title : `${title}, ${unit}`;
    return currency === undefined ? [head] : [head, intl.formatMessage({ id: "table.currency" })];
  });
}

/** Instants in UTC, which says so; an amount with its currency behind it. */
export function savedCells<Row>(
  columns: readonly DataColumn<Row>[],
  row: Row,
  intl: IntlShape,
): Cell[] {
  return columns.flatMap((column) => {
    const cell = textOf(column, row, intl);
    const shown = column.isInstant === true && cell !== "" ? new Date(cell).toISOString() : cell;
    return column.currency === undefined ? [shown] : [shown, column.currency(row)];
  });
}
