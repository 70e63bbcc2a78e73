// One pass of SQL from rows to sums, and to sums of products, by group. Values are summed as whole
// numbers of a fixed decimal scale, because floating sums depend on the order in which threads
// finish, and the same rows must give the same bytes.
import { HongbaoError } from "../base/error.ts";
import { quoteName } from "./columns.ts";
import type { ResultRow, Warehouse } from "./warehouse.ts";

export interface SumsQuestion {
  readonly table: string;
  /** SQL that picks rows; absent: all. */
  readonly where?: string;
  /** SQL of what the rows are grouped by. */
  readonly groups: readonly string[];
  /** SQL of the numbers (DOUBLE, finite, not null), by a name of the caller's. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Names of the numbers whose products are summed; a number with itself gives its squares. */
  readonly products: readonly (readonly [string, string])[];
  /** Names of the numbers of which products of three deviations are wanted. */
  readonly cubes?: readonly Triple[];
  readonly mostGroups: number;
}

export type Triple = readonly [string, string, string];

export interface GroupSums {
  readonly keys: readonly (string | null)[];
  /** Rows of the group. */
  readonly n: number;
  sum(name: string): number;
  product(a: string, b: string): number;
  /** Sum of the products of both numbers' deviations from their means, rounded once. */
  deviations(a: string, b: string): number;
  /** Sum of products of three numbers' deviations, as asked for; each number to six digits. */
  cube(names: Triple): number;
}

/** Squares of 14 digits leave room in 128 bits for ten billion rows. */
const DIGITS = 14;
const CUBED_DIGITS = 6;
/** Products of whole numbers up to this stay exact in 128 bits for as many rows, unscaled. */
const LARGEST_WHOLE = 1e14;

/** Products of three whole numbers up to this fit into 64 bits, which sum five times as fast. */
const LARGEST_CUBED = 2e6;

/** @returns the groups in order of their keys. Throws `invalid_file` beyond `mostGroups`. */
export async function reduceSums(
  warehouse: Warehouse,
  question: SumsQuestion,
): Promise<GroupSums[]> {
  const names = [...question.numbers.keys()];
  const { scales, coarse } = await scalesOf(warehouse, question);
  const cubed = cubedOf(question, names);
  const rows = await warehouse.rows(sumsSql(question, names, scales, { coarse, cubed }));
  if (rows.length > question.mostGroups) {
    throw new HongbaoError({
      code: "invalid_file",
      message:
        `more than ${question.mostGroups} different values of ${question.groups.join(", ")} in ` +
        `${question.table}: expected columns with few values`,
    });
  }
  const scaleOf = (name: string): number => scales[names.indexOf(name)]!;
  return rows.map((row) => ({
    keys: question.groups.map((_, i) => (row[`k${i}`] === null ? null : String(row[`k${i}`]))),
    n: Number(row.n),
    sum: (name) => unscaled(row[`s${names.indexOf(name)}`], scaleOf(name)),
    product: (a, b) => unscaled(productOf(question, row, a, b), scaleOf(a) + scaleOf(b)),
    deviations: (a, b) => {
      const [sumA, sumB] = [a, b].map((name) => row[`s${names.indexOf(name)}`]);
      const centred = centredOf(Number(row.n), sumA, sumB, productOf(question, row, a, b));
      return unscaled(centred, scaleOf(a) + scaleOf(b) + CENTRED_DIGITS);
    },
    cube: (triple) => {
      const power = triple.reduce((sum, name) => sum + coarse[names.indexOf(name)]!, 0);
      return unscaled(centredCube(row, cubed, triple, names), power + CENTRED_DIGITS);
    },
  }));
}

function productOf({ products }: SumsQuestion, row: ResultRow, a: string, b: string): unknown {
  const at = products.findIndex(([x, y]) => (x === a && y === b) || (x === b && y === a));
  if (at < 0) throw new Error(`the product of ${a} and ${b} was not asked for`);
  return row[`p${at}`];
}

interface Scales {
  /** Decimal places that leave the largest value of each number at most 14 digits. */
  readonly scales: readonly number[];
  /** Those that leave it small enough to be cubed. */
  readonly coarse: readonly number[];
}

async function scalesOf(warehouse: Warehouse, question: SumsQuestion): Promise<Scales> {
  const numbers = [...question.numbers.values()];
  if (numbers.length === 0) return { scales: [], coarse: [] };
  const list = numbers.map(
    (sql, i) => `max(abs(${sql})) AS m${i}, bool_and((${sql}) = trunc(${sql})) AS w${i}`,
  );
  const row = await warehouse.row(`SELECT ${list.join(",\n  ")}\nFROM ${fromSql(question)}`);
  const scaleOf = (i: number, most: number, digits: number): number => {
    const largest = Number(row[`m${i}`] ?? 0);
    if (largest === 0 || (row[`w${i}`] === true && largest <= most)) return 0;
    return Math.min(20, digits - 1 - Math.floor(Math.log10(largest)));
  };
  return {
    scales: numbers.map((_, i) => scaleOf(i, LARGEST_WHOLE, DIGITS)),
    coarse: numbers.map((_, i) => scaleOf(i, LARGEST_CUBED, CUBED_DIGITS)),
  };
}

interface Cubed {
  /** Places of the numbers, of pairs of them and of triples, each once and ascending. */
  readonly ones: readonly (readonly number[])[];
  readonly pairs: readonly (readonly number[])[];
  readonly triples: readonly (readonly number[])[];
}

/** What the sum of a product of three deviations is made of. */
function cubedOf({ cubes = [] }: SumsQuestion, names: readonly string[]): Cubed {
  const places = cubes.map((triple) => placesOf(triple, names));
  const once = (sets: readonly (readonly number[])[]): number[][] =>
    [...new Set(sets.map((set) => set.join()))].map((key) => key.split(",").map(Number));
  return {
    ones: once(places.flatMap((triple) => triple.map((place) => [place]))),
    pairs: once(
      places.flatMap(([a, b, c]) => [
        [a!, b!],
        [a!, c!],
        [b!, c!],
      ]),
    ),
    triples: once(places),
  };
}

function placesOf(triple: Triple, names: readonly string[]): number[] {
  return triple.map((name) => names.indexOf(name)).sort((a, b) => a - b);
}

function cubedSql({ ones, pairs, triples }: Cubed): string[] {
  return [...ones, ...pairs, ...triples].map((places) => {
    const product = places.map((place) => `c${place}`).join(" * ");
    return `sum(${product})::VARCHAR AS c_${places.join("_")}`;
  });
}

/** n^2 abc - n (a bc + b ac + c ab) + 2 a b c, over n^2, with CENTRED_DIGITS further places. */
function centredCube(
  row: ResultRow,
  { triples }: Cubed,
  triple: Triple,
  names: readonly string[],
): bigint {
  const places = placesOf(triple, names);
  if (!triples.some((known) => known.join() === places.join())) {
    throw new Error(`the cube of ${triple.join(", ")} was not asked for`);
  }
  const sum = (...of: number[]): bigint => BigInt(String(row[`c_${of.join("_")}`]));
  const [a, b, c] = places as [number, number, number];
  const n = BigInt(Number(row.n));
  const crossed = sum(a) * sum(b, c) + sum(b) * sum(a, c) + sum(c) * sum(a, b);
  const times = n * n * sum(a, b, c) - n * crossed + 2n * sum(a) * sum(b) * sum(c);
  return (times * 10n ** BigInt(CENTRED_DIGITS)) / (n * n);
}

function sumsSql(
  question: SumsQuestion,
  names: readonly string[],
  scales: readonly number[],
  { coarse, cubed }: { readonly coarse: readonly number[]; readonly cubed: Cubed },
): string {
  const { groups, numbers, products } = question;
  const keys = groups.map((sql, i) => `${sql} AS k${i}`);
  const scaled = [...numbers.values()].map(
    (sql, i) => `round(${scaledSql(sql, scales[i]!)})::HUGEINT AS y${i}`,
  );
  const small = cubed.ones.map(([i]) => {
    const sql = [...numbers.values()][i!]!;
    return `round(${scaledSql(sql, coarse[i!]!)})::BIGINT AS c${i}`;
  });
  const sums = names.map((_, i) => `sum(y${i})::VARCHAR AS s${i}`);
  const place = (name: string): string => `y${names.indexOf(name)}`;
  const crossed = products.map(([a, b], i) => `sum(${place(a)} * ${place(b)})::VARCHAR AS p${i}`);
  const by = groups.map((_, i) => `k${i}`).join(", ");
  const outer = [...groups.map((_, i) => `k${i}`), "count(*) AS n", ...sums, ...crossed];
  outer.push(...cubedSql(cubed));
  const inner = [...keys, ...scaled, ...small].join(", ") || "1";
  const grouped = by === "" ? "" : `\nGROUP BY ${by} ORDER BY ${by}`;
  return (
    `SELECT ${outer.join(",\n  ")}\nFROM (SELECT ${inner} FROM ${fromSql(question)})` +
    `${grouped} LIMIT ${question.mostGroups + 1}`
  );
}

function fromSql({ table, where }: SumsQuestion): string {
  return quoteName(table) + (where === undefined ? "" : ` WHERE ${where}`);
}

function scaledSql(sql: string, scale: number): string {
  if (scale === 0) return `(${sql})`;
  return scale > 0 ? `(${sql}) * 1e${scale}` : `(${sql}) / 1e${-scale}`;
}

/** Digits that the division by n keeps: more than a double has. */
const CENTRED_DIGITS = 20;

/** (n * product - sumA * sumB) / n in whole numbers, with CENTRED_DIGITS further places. */
function centredOf(n: number, sumA: unknown, sumB: unknown, product: unknown): bigint {
  const [a, b, ab] = [sumA, sumB, product].map((digits) => BigInt(String(digits)));
  const times = BigInt(n) * ab! - a! * b!;
  return (times * 10n ** BigInt(CENTRED_DIGITS)) / BigInt(n);
}

/** Digits to a number in one correct rounding, as division by a power of ten would not be. */
function unscaled(digits: unknown, scale: number): number {
  return Number(`${digits}e${-scale}`);
}
