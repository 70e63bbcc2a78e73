// The list of `hongbao compensate`: a CSV, Parquet or DuckDB file with a column `user`, and, where
// lines say more, `amount` in the campaign's currency and `grant`, the one that was lost.
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { readAmount } from "../contract/campaign-file/scalars.ts";
import type { CompensationLine } from "../contract/index.ts";
import { isText } from "../contract/schema/text.ts";
import { quoteName } from "../prove/columns.ts";
import { fileProblem, loadSource, requireColumns } from "../prove/source-file.ts";
import { Warehouse } from "../prove/warehouse.ts";

const TABLE = "lines";
const COLUMNS = ["user", "amount", "grant"] as const;

/** All lines, in the order of the file. Throws HongbaoError with file and row. */
export async function compensationList(
  file: string,
  decimals: number,
): Promise<CompensationLine[]> {
  const warehouse = await Warehouse.open();
  try {
    const source = await loadSource(warehouse, file, TABLE);
    requireColumns(source, ["user"]);
    const columns = COLUMNS.filter((name) => source.columns.includes(name));
    const cells = columns.map((name) => `${quoteName(name)}::VARCHAR AS ${quoteName(name)}`);
    const rows = await warehouse.rows(
      `SELECT ${cells.join(", ")} FROM ${quoteName(TABLE)} ORDER BY ${quoteName(source.position)}`,
    );
    const lines = rows.map((row, i) => lineOf(file, i + 1, row, decimals));
    requireOnce(file, lines);
    if (lines.length === 0) throw fileProblem(file, "", "expected at least one line, found none");
    return lines;
  } finally {
    await warehouse.close();
  }
}

function lineOf(
  file: string,
  place: number,
  row: Readonly<Record<string, unknown>>,
  decimals: number,
): CompensationLine {
  const [user = "", amount = "", grant = ""] = COLUMNS.map((name) => String(row[name] ?? ""));
  const wrong = (expected: string, found: string): HongbaoError =>
    fileProblem(file, `row ${place}`, `expected ${expected}, found ${found || "nothing"}`);
  if (!isText(user, LIMITS.idBytes)) {
    throw wrong(`a user's id of 1 to ${LIMITS.idBytes} bytes of UTF-8 in column "user"`, user);
  }
  const line: CompensationLine = { user };
  if (amount !== "") {
    const amountMinor = readAmount(amount, decimals);
    const isAmount = amountMinor !== null && amountMinor > 0;
    if (!isAmount) throw wrong(`an amount with at most ${decimals} decimals`, amount);
    line.amountMinor = amountMinor;
  }
  if (grant !== "") line.grant = grant;
  return line;
}

/** A batch owes a user once, or each lost grant: a second line would pass for a repetition. */
function requireOnce(file: string, lines: readonly CompensationLine[]): void {
  const rows = new Map<string, number>();
  for (const [i, { user, grant }] of lines.entries()) {
    const who = grant === undefined ? `user ${user}` : `grant ${grant}`;
    const first = rows.get(who);
    if (first === undefined) rows.set(who, i + 1);
    else {
      const found = `${who} in row ${first} already`;
      const next = "Add the amounts up in one line, or name each lost grant in a column `grant`.";
      throw fileProblem(file, `row ${i + 1}`, `expected each once, found ${found}`, { next });
    }
  }
}
