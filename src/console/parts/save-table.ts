// Rows for a spreadsheet: numbers as they are, so that it counts with them; no cell becomes a
// formula, whoever wrote it.
import { saveFile } from "./save-file.ts";

export async function saveTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const { unparse } = await import("papaparse");
  const data = rows.map((row) => row.map((cell) => (Number.isNaN(cell) ? "" : cell)));
  // The mark tells spreadsheets that it is UTF-8.
  const text = `\ufeff${unparse({ fields: [...heads], data }, { escapeFormulae: true })}\r\n`;
  saveFile(`${name}.csv`, new Blob([text], { type: "text/csv" }));
}
