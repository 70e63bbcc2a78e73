// Reading the pairs of customer models: parameters as list or map, histories as numbers, lists or
// cases, and files in the shapes in which such data are published.
import {
  type HistoryTable,
  historyTable,
  type PurchaseHistory,
  type SpendHistory,
} from "../../src/stats/index.ts";
import {
  type Answer,
  type Fields,
  PairProblem,
  type Question,
  type Value,
  values,
} from "./family.ts";
import { csvRows, has, isFields, nameOf, numberOf, textOf } from "./fields.ts";

export const NAMES = {
  repeats: ["x", "frequency", "repeats", "transactions", "purchases"],
  recency: ["t_x", "tx", "recency", "t.x"],
  age: ["T", "T_cal", "age", "n", "n_cal", "periods", "n.cal"],
  count: ["weights", "weight", "customers", "n_custs", "n.custs", "count"],
} as const;

/** A model's parameters, given in its own order or by name; null where the pair has none. */
export function parametersOf<Name extends string>(
  input: Fields,
  names: readonly Name[],
): Record<Name, number> | null {
  const raw = input[nameOf(input, "params", "parameters", "param") ?? ""];
  if (Array.isArray(raw)) {
    if (raw.length !== names.length || !raw.every((each) => typeof each === "number")) {
      throw new PairProblem(`expected the ${names.length} parameters ${names.join(", ")}`);
    }
    return Object.fromEntries(names.map((name, i) => [name, raw[i]])) as Record<Name, number>;
  }
  const from = isFields(raw) ? raw : input;
  if (!names.every((name) => has(from, name, spelled(name)))) return null;
  const entries = names.map((name) => [name, numberOf(from, name, spelled(name))] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** Some sources name the spend model's v by its Greek letter. */
function spelled(name: string): string {
  return name === "v" ? "gamma" : name;
}

/** The parameters of the pair, or those that fit its file. */
export function required<Name extends string>(
  found: Record<Name, number> | null,
): Record<Name, number> {
  if (found === null) throw new PairProblem("the input has no parameters");
  return found;
}

/**
 * Calls `of` once for each line of an input whose fields may be lists or `cases`: a list of values,
 * or one value where every field is one.
 */
export function eachOf(
  input: Fields,
  order: readonly string[],
  of: (line: Fields) => Value,
): Value {
  const { cases, ...rest } = input;
  if (Array.isArray(cases)) {
    return cases.map((each: unknown) => {
      if (isFields(each)) return of({ ...rest, ...each });
      const cells = Array.isArray(each) ? each : [each];
      return of({ ...rest, ...Object.fromEntries(cells.map((cell, i) => [order[i] ?? "", cell])) });
    });
  }
  const { params: _, parameters: __, ...fields } = input;
  const lists = Object.entries(fields).filter(([, value]) => Array.isArray(value)) as [
    string,
    unknown[],
  ][];
  if (lists.length === 0) return of(input);
  const length = Math.max(...lists.map(([, list]) => list.length));
  return Array.from({ length }, (_, i) =>
    of({ ...input, ...Object.fromEntries(lists.map(([name, list]) => [name, list[i]])) }),
  );
}

/** One history of a line. */
export function historyOf(line: Fields): PurchaseHistory {
  const repeats = numberOf(line, ...NAMES.repeats);
  const recency = repeats === 0 ? 0 : numberOf(line, ...NAMES.recency);
  return { repeats, recency, age: numberOf(line, ...NAMES.age), customers: 1 };
}

/** A fit's values under the names of its parameters, with the likelihood under its usual names. */
export function fitValues(fit: {
  readonly kind: string;
  readonly message?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly logLikelihood?: number;
  readonly bic?: number;
  readonly customers?: number;
}): Record<string, number> {
  if (fit.kind !== "fitted") throw new PairProblem(`not identified: ${fit.message}`);
  const ll = fit.logLikelihood!;
  const known = { loglik: ll, log_likelihood: ll, logLik: ll, ll, LL: ll, bic: fit.bic! };
  return { ...fit.parameters, ...known, customers: fit.customers! };
}

/** A bare value or list, or the same under whatever name the pair asks for. */
export function answer({ wanted }: Question, value: Value): Answer {
  if (isFields(value) || Array.isArray(value)) return values(value as Value);
  const names = wanted.filter((path) => path !== "");
  if (names.length === 0) return values(value);
  return values(Object.fromEntries(names.map((name) => [name, value])));
}

/** The rows of a file of customers or of purchases, as histories. */
export function readHistories(question: Question): HistoryTable {
  const file = textOf(question.input, "file", "data", "path");
  if (file === null) throw new PairProblem("the input names no file");
  const text = question.readData(file);
  const rows = csvRows(text);
  const header = Object.keys(rows[0] ?? {});
  const column = (names: readonly string[]): string | undefined =>
    header.find((name) => names.some((each) => each.toLowerCase() === name.toLowerCase()));
  const recency = column(NAMES.recency);
  if (recency === undefined) return historyTable(fromPurchases(text, rows, question));
  const repeats = column(NAMES.repeats);
  const age = header.find(
    (name) => name !== recency && (NAMES.age as readonly string[]).includes(name),
  );
  const count = column(NAMES.count);
  if (repeats === undefined || age === undefined) {
    throw new PairProblem(`${file}: expected columns of repeats, recency and age`);
  }
  return historyTable(
    rows.map((row) => ({
      repeats: Number(row[repeats]),
      recency: Number(row[recency]),
      age: Number(row[age]),
      customers: count === undefined ? 1 : Number(row[count]),
    })),
  );
}

/** Values a purchase beside the repeats, of customers who have repeats. */
export function readSpend(question: Question): SpendHistory[] {
  const file = textOf(question.input, "file", "data", "path");
  if (file === null) throw new PairProblem("the input names no file");
  const rows = csvRows(question.readData(file));
  const header = Object.keys(rows[0] ?? {});
  const column = (...names: string[]): string => {
    const found = header.find((name) => names.includes(name.toLowerCase()));
    if (found === undefined)
      throw new PairProblem(`${file}: expected a column ${names.join(" or ")}`);
    return found;
  };
  const repeats = column(...NAMES.repeats);
  const value = column("zbar", "m", "m_x", "mx", "monetary_value", "mean_value", "value", "spend");
  return rows
    .map((row) => ({
      purchases: Number(row[repeats]),
      meanValue: Number(row[value]),
      customers: 1,
    }))
    .filter((row) => row.purchases > 0 && row.meanValue > 0);
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Histories in weeks from a log of purchases: purchases of a day are one, and the watched time ends
 * with the week that the method or the input names (39 as in the published example), counted from
 * the first day of the log.
 */
function fromPurchases(
  text: string,
  rows: readonly Record<string, string>[],
  { method, input }: Question,
): PurchaseHistory[] {
  const days = new Map<string, Set<number>>();
  for (const [customer, date] of purchaseLines(text, rows)) {
    const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date) ?? [];
    if (day === undefined) throw new PairProblem(`"${date}" is no day of a purchase`);
    const atMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
    const own = days.get(customer) ?? new Set();
    days.set(customer, own.add(atMs));
  }
  const all = [...days.values()].map((own) => [...own].sort((a, b) => a - b));
  const start = all.reduce((least, own) => Math.min(least, own[0]!), Number.POSITIVE_INFINITY);
  const named = /(\d+(?:\.\d+)?)[- ]weeks?/i.exec(method)?.[1];
  const weeks = has(input, "weeks", "calibration_weeks")
    ? numberOf(input, "weeks", "calibration_weeks")
    : Number(named ?? 39);
  const end = start + weeks * WEEK_MS - 86_400_000;
  return all
    .filter((own) => own[0]! < end)
    .map((own) => {
      const watched = own.filter((atMs) => atMs <= end);
      const recency = (watched.at(-1)! - own[0]!) / WEEK_MS;
      const age = (end - own[0]!) / WEEK_MS;
      return { repeats: watched.length - 1, recency, age, customers: 1 };
    });
}

function purchaseLines(text: string, rows: readonly Record<string, string>[]): [string, string][] {
  const [first] = rows;
  const columns = Object.keys(first ?? {});
  const date = columns.find((name) => /date|day/i.test(name));
  if (date !== undefined && columns.length > 1) {
    const customer = columns.find((name) => /sampleid|customer|cust|^id$|user/i.test(name));
    return rows.map((row) => [row[customer ?? columns[0]!]!, row[date]!]);
  }
  // Fixed width: customer, perhaps the sample's own number, day, items, dollars; a head has words.
  return text
    .split("\n")
    .filter((line) => /\d/.test(line))
    .map((line) => {
      const cells = line.trim().split(/\s+/);
      const at = cells.findIndex((cell) => /^(19|20)\d{6}$/.test(cell));
      if (at < 1) throw new PairProblem(`a line of purchases has no day: ${line.slice(0, 60)}`);
      return [cells[0]!, cells[at]!];
    });
}
