// A merchant's own list of what it was paid: one row a redemption, checked cell by cell. Nothing is
// guessed, for money is booked by it: a wrong cell is told with its line.
import { LIMITS } from "../base/limits.ts";
import { readAmount, readInstant } from "../contract/campaign-file/scalars.ts";
import { isText } from "../contract/schema/text.ts";
import { quoteName } from "../prove/columns.ts";
import { lineOfRecord } from "../prove/csv-lines.ts";
import { fileProblem, loadSource, requireColumns, type SourceTable } from "../prove/source-file.ts";
import { Warehouse } from "../prove/warehouse.ts";

export interface MerchantRow {
  /** The id with which the merchant redeemed, and the id of the grant. */
  redemption: string;
  grant: string;
  amountMinor: number;
  paidAtMs: number;
  /** The id of its reversal, or null. */
  reversal: string | null;
  /** Of the file, from 1, without the header. */
  row: number;
}

const NEEDED = ["redemption", "grant", "amount", "paidAt"] as const;
const OPTIONAL = ["currency", "reversal"] as const;
const TABLE = "payments";
/** Rows that are read at a time. */
const PAGE = 100_000;

type Cells = Partial<Record<(typeof NEEDED)[number] | (typeof OPTIONAL)[number], string>>;

/** Throws HongbaoError `invalid_file` with line and column. */
export async function readMerchantFile(
  file: string,
  money: { currency: string; decimals: number },
): Promise<MerchantRow[]> {
  const warehouse = await Warehouse.open();
  try {
    const source = await loadSource(warehouse, file, TABLE, null, [...NEEDED, ...OPTIONAL]);
    requireColumns(source, NEEDED);
    const names = [...NEEDED, ...OPTIONAL].filter((name) => source.columns.includes(name));
    const rows: MerchantRow[] = [];
    for (let from = 0; from < source.rows; from += PAGE) {
      for (const cells of await page(warehouse, source, names, from)) {
        const read = readRow(cells, rows.length + 1, money);
        if ("expected" in read) throw await wrong(source, rows.length + 1, read);
        rows.push(read);
      }
    }
    return rows;
  } finally {
    await warehouse.close();
  }
}

async function page(
  warehouse: Warehouse,
  { position }: SourceTable,
  names: readonly string[],
  from: number,
): Promise<Cells[]> {
  const place = quoteName(position);
  const cells = names.map((name) => `${quoteName(name)}::VARCHAR AS ${quoteName(name)}`);
  const found = await warehouse.rows(
    `SELECT ${cells.join(", ")} FROM ${quoteName(TABLE)} ` +
      `WHERE ${place} > ${from} AND ${place} <= ${from + PAGE} ORDER BY ${place}`,
  );
  return found.map((row) =>
    Object.fromEntries(names.map((name) => [name, row[name] === null ? "" : String(row[name])])),
  );
}

interface WrongCell {
  column: string;
  expected: string;
  found: string;
}

function readRow(
  cells: Cells,
  row: number,
  { currency, decimals }: { currency: string; decimals: number },
): MerchantRow | WrongCell {
  const { redemption = "", grant = "", amount = "", paidAt = "", reversal = "" } = cells;
  const ids: [string, string][] = [
    ["redemption", redemption],
    ["grant", grant],
    ...(reversal === "" ? [] : [["reversal", reversal] as [string, string]]),
  ];
  for (const [column, id] of ids) {
    if (isText(id, LIMITS.idBytes)) continue;
    return { column, expected: `an id of 1 to ${LIMITS.idBytes} bytes`, found: `"${id}"` };
  }
  if ((cells.currency ?? currency) !== currency) {
    return { column: "currency", expected: currency, found: `"${cells.currency}"` };
  }
  const amountMinor = readAmount(amount, decimals);
  if (amountMinor === null || amountMinor <= 0) {
    const example = decimals === 0 ? "1234" : `1234.${"5".padEnd(decimals, "0")}`;
    const expected = `an amount above zero such as ${example}, without separators`;
    return { column: "amount", expected, found: `"${amount}"` };
  }
  const paidAtMs = readInstant(paidAt);
  if (paidAtMs === null) {
    const expected = "an instant with its zone, such as 2026-02-06T12:30:00+08:00";
    return { column: "paidAt", expected, found: `"${paidAt}"` };
  }
  const back = reversal === "" ? null : reversal;
  return { redemption, grant, amountMinor, paidAtMs, reversal: back, row };
}

async function wrong(source: SourceTable, row: number, { column, expected, found }: WrongCell) {
  const isCsv = source.format === "csv";
  const place = isCsv ? `line ${await lineOfRecord(source.file, row)}` : `row ${row}`;
  const message = `expected ${expected} in column "${column}", found ${found}`;
  return fileProblem(source.file, place, message, { column });
}
