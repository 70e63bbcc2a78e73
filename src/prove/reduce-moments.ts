// One pass of SQL from rows to the sums of each arm. Values are summed as whole numbers of a fixed
// decimal scale, because floating sums depend on the order in which threads finish, and the same
// rows must give the same bytes.
import { HongbaoError } from "../base/error.ts";
import type { Moments, PairMoments } from "../stats/index.ts";
import { quoteName } from "./columns.ts";
import type { Warehouse } from "./warehouse.ts";

export interface Reduction {
  readonly table: string;
  /** SQL that picks rows; absent: all. */
  readonly where?: string;
  /** SQL for the arm's id. */
  readonly arm: string;
  /** SQL for each metric's number (DOUBLE, finite). */
  readonly values: readonly { readonly id: string; readonly sql: string }[];
  /** SQL that is 1 for a user who claimed and 0 otherwise; null where claims are unknown. */
  readonly claimed: string | null;
  /** SQL for a user's number before the experiment (DOUBLE, finite). */
  readonly before?: string;
}

export interface ReducedArm {
  readonly n: number;
  readonly outcomes: Readonly<Record<string, Moments>>;
  readonly claims: Readonly<Record<string, PairMoments>> | null;
  readonly before?: Readonly<Record<string, PairMoments>>;
}

/** Squares of 14 digits leave room in 128 bits for ten billion users. */
const DIGITS = 14;

/** Arms beyond this number mean that the arm column is not one. */
const MAX_ARMS = 1000;

/** @returns the arms by id, in order of id. */
export async function reduceMoments(
  warehouse: Warehouse,
  reduction: Reduction,
): Promise<Map<string, ReducedArm>> {
  const scales = await scalesOf(warehouse, reduction);
  const rows = await warehouse.rows(reductionSql(reduction, scales));
  if (rows.length > MAX_ARMS) {
    throw new HongbaoError({
      code: "invalid_file",
      message: `more than ${MAX_ARMS} different arms: expected a column with few values`,
    });
  }
  return new Map(rows.map((row) => [String(row.arm), armOf(reduction, scales, row)]));
}

/** The SQL of every number that is summed: the metrics', then the one before the experiment. */
function numbersOf({ values, before }: Reduction): string[] {
  return [...values.map(({ sql }) => sql), ...(before === undefined ? [] : [before])];
}

/** Decimal places that leave the largest value of each number at most 14 digits. */
async function scalesOf(warehouse: Warehouse, reduction: Reduction): Promise<number[]> {
  const numbers = numbersOf(reduction);
  if (numbers.length === 0) return [];
  const list = numbers.map((sql, i) => `max(abs(${sql})) AS m${i}`).join(", ");
  const row = await warehouse.row(`SELECT ${list} FROM ${fromSql(reduction)}`);
  return numbers.map((_, i) => {
    const largest = Number(row[`m${i}`] ?? 0);
    return largest === 0 ? 0 : Math.min(20, DIGITS - 1 - Math.floor(Math.log10(largest)));
  });
}

function reductionSql(reduction: Reduction, scales: readonly number[]): string {
  const claimed = reduction.claimed ?? "0";
  const numbers = numbersOf(reduction);
  const scaled = numbers.map((sql, i) => `round(${scaledSql(sql, scales[i]!)})::HUGEINT AS y${i}`);
  const history = reduction.before === undefined ? null : `y${numbers.length - 1}`;
  const sums = numbers.map((_, i) => {
    const own = `sum(y${i})::VARCHAR AS s${i}, sum(y${i} * y${i})::VARCHAR AS q${i}`;
    const before = history === null ? "" : `, sum(${history} * y${i})::VARCHAR AS b${i}`;
    return `${own}, sum(x * y${i})::VARCHAR AS c${i}${before}`;
  });
  const inner = [`${reduction.arm} AS arm`, `(${claimed})::HUGEINT AS x`, ...scaled].join(", ");
  const outer = ["arm", "count(*) AS n", "sum(x) AS claimed", ...sums].join(",\n  ");
  return (
    `SELECT ${outer}\nFROM (SELECT ${inner} FROM ${fromSql(reduction)})\n` +
    `GROUP BY arm ORDER BY arm LIMIT ${MAX_ARMS + 1}`
  );
}

function fromSql(reduction: Reduction): string {
  const where = reduction.where === undefined ? "" : ` WHERE ${reduction.where}`;
  return quoteName(reduction.table) + where;
}

function scaledSql(sql: string, scale: number): string {
  return scale >= 0 ? `(${sql}) * 1e${scale}` : `(${sql}) / 1e${-scale}`;
}

function armOf(
  reduction: Reduction,
  scales: readonly number[],
  row: Record<string, string | number | boolean | null>,
): ReducedArm {
  const n = Number(row.n);
  const sumX = Number(row.claimed);
  const last = reduction.values.length; // where the number before the experiment stands
  const outcomes: Record<string, Moments> = {};
  const claims: Record<string, PairMoments> = {};
  const before: Record<string, PairMoments> = {};
  reduction.values.forEach(({ id }, i) => {
    const scale = scales[i]!;
    const sum = unscaled(row[`s${i}`], scale);
    const sumSquares = unscaled(row[`q${i}`], 2 * scale);
    outcomes[id] = { n, sum, sumSquares };
    const y = { n, sumY: sum, sumYY: sumSquares };
    claims[id] = { ...y, sumX, sumXX: sumX, sumXY: unscaled(row[`c${i}`], scale) };
    if (reduction.before === undefined) return;
    before[id] = {
      ...y,
      sumX: unscaled(row[`s${last}`], scales[last]!),
      sumXX: unscaled(row[`q${last}`], 2 * scales[last]!),
      sumXY: unscaled(row[`b${i}`], scale + scales[last]!),
    };
  });
  const arm = { n, outcomes, claims: reduction.claimed === null ? null : claims };
  return reduction.before === undefined ? arm : { ...arm, before };
}

/** Digits to a number in one correct rounding, as division by a power of ten would not be. */
function unscaled(digits: unknown, scale: number): number {
  return Number(`${digits}e${-scale}`);
}
