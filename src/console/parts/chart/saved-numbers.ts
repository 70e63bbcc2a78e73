// The numbers of a chart for a spreadsheet, whatever language its reader has: instants in UTC,
// amounts to the minor unit, other numbers without the noise of the last binary places.
import type { PictureCell, PictureColumn, PictureTable } from "../../../report/picture.ts";

/** More than any estimate has. */
const DIGITS = 10;

export function savedHeads({ columns }: PictureTable): string[] {
  return columns.map(({ title, unit }) => (unit === undefined ? title : `${title}, ${unit}`));
}

export function savedRows({ columns, rows }: PictureTable): PictureCell[][] {
  return rows.map((row) => row.map((cell, x) => savedCell(columns[x]!, cell)));
}

function savedCell({ decimals, timeText }: PictureColumn, cell: PictureCell): PictureCell {
  if (typeof cell === "string" || !Number.isFinite(cell)) return cell;
  if (timeText !== undefined) return new Date(cell).toISOString();
  return Number(decimals === undefined ? cell.toPrecision(DIGITS) : cell.toFixed(decimals));
}
