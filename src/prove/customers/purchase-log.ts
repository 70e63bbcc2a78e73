// A log of purchases as one history a customer. Purchases of one day are one purchase, because
// models of rates know no two at the same instant; what came after the calibration is held back.
import { quoteName, quoteText } from "../columns.ts";
import { fileProblem, refuseRows, requireNumbers, type SourceTable } from "../source-file.ts";
import type { Warehouse } from "../warehouse.ts";
import { type CustomerQuestion, UNIT_DAYS } from "./customer-question.ts";
import {
  type CustomerFile,
  type CustomerRow,
  customerRow,
  type Found,
  requireSeveral,
} from "./customer-rows.ts";

const DAYS = "purchase days";

export async function readLog(
  warehouse: Warehouse,
  source: SourceTable,
  question: CustomerQuestion,
  found: Found,
): Promise<CustomerFile> {
  const [customer, date, amount] = [found("customer")!, found("date")!, found("amount")];
  const day = await checkLog(warehouse, source, question, { customer, date, amount });
  const value = amount === undefined ? "NULL" : `${quoteName(amount)}::DOUBLE`;
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${quoteName(DAYS)} AS ` +
      `SELECT ${quoteName(customer)}::VARCHAR AS who, ` +
      `${day} AS day, sum(${value}) AS value FROM ${quoteName(source.table)} GROUP BY 1, 2`,
  );
  const ends = await warehouse.row(
    `SELECT max(day)::VARCHAR AS last, min(day)::VARCHAR AS first FROM ${quoteName(DAYS)}`,
  );
  const [first, last] = [String(ends.first), String(ends.last)];
  const until = question.until ?? last;
  if (!(until > first && until <= last)) {
    const span = `the log runs from ${first} to ${last}`;
    throw fileProblem(source.file, "", `--until: expected a day within the log; ${span}`);
  }
  const holdoutDays = daysBetween(until, last);
  const rows = await historyRows(warehouse, until, holdoutDays > 0, UNIT_DAYS[question.unit]);
  const kept = rows.filter((row) => row.age > 0);
  requireSeveral(source, kept);
  const { n } = await warehouse.row(`SELECT count(DISTINCT who) AS n FROM ${quoteName(DAYS)}`);
  const late = Number(n) - kept.length;
  const notes = [
    `calibration ${first} to ${until}, times in ${question.unit}s since the first purchase`,
    ...(late > 0 ? [`${late} customers came first on ${until} or later and are left out`] : []),
  ];
  return {
    kind: "log",
    rows: kept,
    isPeriods: false,
    hasValues: amount !== undefined,
    holdoutTime: holdoutDays > 0 ? holdoutDays / UNIT_DAYS[question.unit] : null,
    notes,
  };
}

/** Refuses what is no purchase, and gives the SQL of a purchase's day. */
async function checkLog(
  warehouse: Warehouse,
  source: SourceTable,
  question: CustomerQuestion,
  { customer, date, amount }: { customer: string; date: string; amount: string | undefined },
): Promise<string> {
  const text = `${quoteName(date)}::VARCHAR`;
  const day = `COALESCE(try_strptime(${text}, '%Y%m%d'), TRY_CAST(${text} AS TIMESTAMP))::DATE`;
  const nobody = `coalesce(trim(${quoteName(customer)}::VARCHAR), '') = ''`;
  await refuseRows(warehouse, source, customer, nobody, "a customer's id");
  const form = "a day such as 2025-11-28 or 20251128";
  await refuseRows(warehouse, source, date, `${day} IS NULL`, form);
  const early = `NOT isfinite(${day}) OR ${day} < DATE '1900-01-01'`;
  await refuseRows(warehouse, source, date, early, "a day after 1900");
  const today = new Date(question.nowMs).toISOString().slice(0, 10);
  const future = `${day} > ${quoteText(today)}::DATE`;
  await refuseRows(warehouse, source, date, future, `a day that is not in the future (${today})`);
  if (amount !== undefined) {
    await requireNumbers(warehouse, source, amount);
    const less = `${quoteName(amount)}::DOUBLE < 0`;
    await refuseRows(warehouse, source, amount, less, "an amount of 0 or more");
  }
  return day;
}

async function historyRows(
  warehouse: Warehouse,
  until: string,
  hasHoldout: boolean,
  unitDays: number,
): Promise<CustomerRow[]> {
  const end = `${quoteText(until)}::DATE`;
  const repeat = `day <= ${end} AND day > first`;
  const rows = await warehouse.rows(
    "WITH purchases AS (SELECT *, min(day) OVER (PARTITION BY who) AS first " +
      `FROM ${quoteName(DAYS)}) ` +
      `SELECT who AS customer, count(*) FILTER (${repeat})::DOUBLE AS repeats, ` +
      `date_diff('day', first, max(day) FILTER (day <= ${end})) / ${unitDays} AS recency, ` +
      `date_diff('day', first, ${end}) / ${unitDays} AS age, 1 AS customers, ` +
      `avg(value) FILTER (${repeat}) AS value, ` +
      `${hasHoldout ? `count(*) FILTER (day > ${end})::DOUBLE` : "NULL"} AS held ` +
      `FROM purchases WHERE first <= ${end} GROUP BY who, first ORDER BY who`,
  );
  return rows.map((row) => customerRow(row));
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
