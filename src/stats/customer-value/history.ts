// What a purchase model knows of a customer: how often, how recently, how long watched. Customers
// with the same history are one row with a count, which makes a likelihood cheap.
import { ascendingOrder } from "../ascending-order.ts";
import { domainError, requireDomain } from "../domain.ts";

/** One history and how many customers have it. All times in the same unit, since the first buy. */
export interface PurchaseHistory {
  /** Purchases after the first: whole, >= 0 (x in the papers). */
  readonly repeats: number;
  /** When the last of them was, 0 without any (t_x). */
  readonly recency: number;
  /** How long the customer has been watched (T). */
  readonly age: number;
  /** Customers with this history, > 0. */
  readonly customers: number;
}

/** What the likelihoods take: checked histories, each once. */
export interface HistoryTable {
  readonly rows: readonly PurchaseHistory[];
  readonly customers: number;
  /** Customers with at least one repeat. */
  readonly repeaters: number;
  readonly meanAge: number;
}

/**
 * Checks histories and merges equal ones, in the order of repeats, recency and age.
 * Refuses 0 repeats with a recency other than 0, and recency beyond age.
 */
export function historyTable(histories: Iterable<PurchaseHistory>): HistoryTable {
  const rows = merged(histories);
  requireDomain(rows.length > 0, "purchase histories", "at least one customer");
  let [customers, repeaters, ages] = [0, 0, 0];
  for (const row of rows) {
    customers += row.customers;
    if (row.repeats > 0) repeaters += row.customers;
    ages += row.customers * row.age;
  }
  return { rows, customers, repeaters, meanAge: ages / customers };
}

/** The same table with all times multiplied by `factor`. */
export function scaledTable(table: HistoryTable, factor: number): HistoryTable {
  const rows = table.rows.map((row) => ({
    ...row,
    recency: row.recency * factor,
    age: row.age * factor,
  }));
  return { ...table, rows, meanAge: table.meanAge * factor };
}

/** The sum of one number per history, weighted by customers. */
export function sumOver(table: HistoryTable, of: (history: PurchaseHistory) => number): number {
  let sum = 0;
  for (const row of table.rows) sum += row.customers * of(row);
  return sum;
}

/** One number of each history. */
export function columnOf(
  histories: readonly PurchaseHistory[],
  of: (history: PurchaseHistory) => number,
): Float64Array {
  const numbers = new Float64Array(histories.length);
  // Adding 0 makes 0 of -0, which would sort elsewhere.
  for (let i = 0; i < numbers.length; i++) numbers[i] = of(histories[i]!) + 0;
  return numbers;
}

/** Fails on what no purchase history can be; the message names the number. */
export function requireHistory({ repeats, recency, age, customers }: PurchaseHistory): void {
  if (!(Number.isSafeInteger(repeats) && repeats >= 0)) {
    refuse(`a whole number of repeats >= 0, got ${repeats}`);
  }
  if (!(age > 0 && Number.isFinite(age))) refuse(`a finite age > 0, got ${age}`);
  if (!(recency >= 0 && recency <= age)) {
    refuse(`0 <= recency <= age, got ${recency} and ${age}`);
  }
  if (repeats > 0 !== recency > 0) {
    refuse(`recency > 0 with repeats alone, got ${repeats} repeats and recency ${recency}`);
  }
  if (!(customers > 0 && Number.isFinite(customers))) {
    refuse(`a positive number of customers, got ${customers}`);
  }
}

function refuse(expected: string): never {
  throw domainError("purchase history", expected);
}

function merged(histories: Iterable<PurchaseHistory>): PurchaseHistory[] {
  const given: PurchaseHistory[] = [];
  for (const history of histories) {
    requireHistory(history);
    given.push(history);
  }
  const order = orderOf(given);
  const rows: PurchaseHistory[] = [];
  for (let at = 0; at < order.length; ) {
    const { repeats, recency, age } = given[order[at]!]!;
    let customers = 0;
    for (; at < order.length; at++) {
      const next = given[order[at]!]!;
      if (next.age !== age || next.recency !== recency || next.repeats !== repeats) break;
      customers += next.customers;
    }
    rows.push({ repeats, recency, age, customers });
  }
  return rows;
}

/** By repeats, then recency, then age: the last one first, as each order keeps the one before. */
function orderOf(histories: readonly PurchaseHistory[]): Uint32Array {
  const byAge = ascendingOrder(columnOf(histories, (history) => history.age));
  const recency = columnOf(histories, (history) => history.recency);
  const repeats = columnOf(histories, (history) => history.repeats);
  return ascendingOrder(repeats, ascendingOrder(recency, byAge));
}
