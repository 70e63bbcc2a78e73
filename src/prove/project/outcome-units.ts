// The app's file with a row a user, checked, with the user's key and the numbers that the plan asks
// for.
import { quoteName } from "../columns.ts";
import type { Repair } from "../repair.ts";
import {
  type CellCheck,
  fileProblem,
  loadSource,
  refuseCells,
  requireColumns,
  requireUnique,
  type SourceTable,
} from "../source-file.ts";
import {
  epochMs,
  isOddNumber,
  LARGEST_SUMMED,
  timeForm,
  tryNumber,
  tryNumberOf,
} from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";
import { withoutWords } from "./empty-words.ts";
import { isTakenForZero, type MeasurementPlan, type OutcomesSource } from "./measurement-plan.ts";
import { mergeRows } from "./merge-rows.ts";
import { type OptionStyle, optionText, separatorOption } from "./repair-option.ts";
import { timeChecks } from "./time-cells.ts";
import { metricColumns, segmentColumn } from "./unit-columns.ts";
import { keyedRows, userChecks, userSql } from "./user-keys.ts";

const OUTCOMES = "outcomes";
export const OUTCOME_USERS = "outcome users";

/** A number of the outcomes: its name in `units`, and its column in the file. */
export interface OutcomeNumber {
  readonly name: string;
  readonly column: string;
  readonly isShare: boolean;
}

/** What the plan reads from columns of a file with a row a user. */
export function outcomeNumbers(plan: MeasurementPlan): OutcomeNumber[] {
  return plan.metrics.flatMap((metric): OutcomeNumber[] => {
    const { value, below, before } = metricColumns(plan, metric);
    const { source } = metric;
    const number = (name: string, column: string): OutcomeNumber => ({
      ...{ name, column },
      isShare: metric.kind === "share",
    });
    if (source.from === "log") return [];
    if (source.from === "ratio") return [number(value, source.above), number(below, source.below)];
    const own = [number(value, source.column)];
    const { before: history } = metric;
    if (history === null || !("column" in history)) return own;
    return [...own, number(before, history.column)];
  });
}

/** The app's file, with a row a user, and what was done to its rows, as asked. */
export interface LoadedOutcomes {
  readonly source: SourceTable;
  readonly repairs: readonly Repair[];
}

/** Loads and checks. Throws `invalid_file` naming line or row, column and how many rows. */
export async function loadOutcomes(
  warehouse: Warehouse,
  outcomes: OutcomesSource,
  plan: MeasurementPlan,
  arePseudonyms: boolean,
): Promise<LoadedOutcomes> {
  const { missing, duplicates, empty } = outcomes;
  const numbers = outcomeNumbers(plan);
  const at = outcomes.at === null ? [] : [outcomes.at];
  const names = numbers.map(({ column }) => column);
  const wanted = [outcomes.user, ...names, ...plan.segments, ...at];
  const by = separatorOption("key", outcomes.separator);
  const read = await loadSource(warehouse, outcomes.file, OUTCOMES, outcomes.table, wanted, by);
  requireColumns(read, wanted);
  const option = optionText("key", "empty", empty.join(", "));
  const cells = [...names, ...plan.segments];
  const { source, repairs } = await withoutWords(warehouse, read, cells, empty, option);
  await refuseCells(warehouse, source, [
    ...userChecks(source, outcomes.user, arePseudonyms),
    ...numbers.flatMap((each) => outcomeChecks(source, each, missing)),
    ...at.flatMap((column) => timeChecks(source, column, outcomes.zone)),
    ...(duplicates === "sum" ? summedChecks(numbers) : []),
  ]);
  const single = await oneRowEach(warehouse, source, outcomes, plan, arePseudonyms);
  return { source: single.source, repairs: [...repairs, ...single.repairs] };
}

/** An empty cell may be 0 where that is asked for; a history that nobody has is none of nothing. */
function outcomeChecks(
  source: SourceTable,
  number: OutcomeNumber,
  missing: OutcomesSource["missing"],
): CellCheck[] {
  const { column, name } = number;
  const checks = numberChecks(source, number, LARGEST, emptyOption("key"));
  const isHistory = name.startsWith("before");
  const none = isEmpty(column, source.types.get(column));
  const filled = checks.map((each) => ({ ...each, wrong: `NOT ${none} AND (${each.wrong})` }));
  if (isTakenForZero(missing) && !isHistory) return filled;
  const expected = isHistory ? "a number" : `a number (or ${optionText("key", "missing", "zero")})`;
  return [...filled, { column, wrong: none, expected }];
}

async function oneRowEach(
  warehouse: Warehouse,
  source: SourceTable,
  { user, at, zone, duplicates }: OutcomesSource,
  plan: MeasurementPlan,
  arePseudonyms: boolean,
): Promise<LoadedOutcomes> {
  const key = userSql(user, arePseudonyms);
  const option = (value: string): string => optionText("key", "duplicates", value);
  if (duplicates === "refuse") {
    const or = `(or ${option("identical")}, or ${option("sum")})`;
    await requireUnique(warehouse, source, user, key, or);
    return { source, repairs: [] };
  }
  const seen =
    at === null
      ? null
      : { column: at, sql: epochMs(quoteName(at), timeForm(source.types.get(at)!), zone) };
  const merged = await mergeRows(warehouse, {
    ...{ source, user, key, numbers: outcomeNumbers(plan), labels: plan.segments, at: seen },
    ...{ duplicates, option: option(duplicates) },
  });
  return { source: merged.source, repairs: [merged.repair] };
}

/** Offers what calls cells empty that say so in words. */
export function emptyOption(style: OptionStyle): string {
  return `(or ${optionText(style, "empty", "…")}, for words that mean none)`;
}

/**
 * SQL that is true where nothing stands in a cell.
 * @param type of the column, where it is known: only text can be blank
 */
export function isEmpty(column: string, type = "VARCHAR"): string {
  if (type !== "VARCHAR") return `(${quoteName(column)} IS NULL)`;
  return `(${quoteName(column)} IS NULL OR trim(${quoteName(column)}::VARCHAR) = '')`;
}

/** Numbers that are added up by user have to stay within what sums are exact in. */
export function summedChecks(numbers: readonly OutcomeNumber[]): CellCheck[] {
  return numbers
    .filter(({ isShare }) => !isShare)
    .map(({ column }) => ({
      column,
      wrong: `abs(${tryNumber(column)}) > ${LARGEST_SUMMED}`,
      expected: `a number of at most ${LARGEST_SUMMED} in size, since rows are added up`,
    }));
}

/** Squares of larger numbers, summed over a file, would leave the range of doubles. */
export const LARGEST = 1e100;

/**
 * A number that is finite, not huge, and 0 or 1 where it is to be a share.
 * @param or how other cells could be repaired
 */
export function numberChecks(
  source: SourceTable,
  { column, isShare }: Pick<OutcomeNumber, "column" | "isShare">,
  largest: number = LARGEST,
  or = "",
): CellCheck[] {
  const cast = tryNumber(column);
  const expected = `${isShare ? "0 or 1" : "a finite number"} ${or}`.trimEnd();
  const odd = source.types.get(column) === "VARCHAR" ? ` OR ${isOddNumber(column)}` : "";
  const checks = [{ column, wrong: `${cast} IS NULL OR NOT isfinite(${cast})${odd}`, expected }];
  if (isShare) return [...checks, { column, wrong: `${cast} NOT IN (0, 1)`, expected: "0 or 1" }];
  const small = `a number of at most ${largest} in size`;
  return [...checks, { column, wrong: `abs(${cast}) > ${largest}`, expected: small }];
}

/** Most values of a segment: beyond them it is no segment but a number or an id. */
const MOST_VALUES = 50;

/**
 * Table "outcome users": user, the numbers, the segments, when (null where nobody said), and
 * whether numbers were taken for 0.
 */
export async function keyOutcomes(
  warehouse: Warehouse,
  source: SourceTable,
  outcomes: OutcomesSource,
  plan: MeasurementPlan,
  arePseudonyms: boolean,
): Promise<void> {
  const { at, missing } = outcomes;
  // Cells were checked: what is no number is empty.
  const isZero = isTakenForZero(missing);
  const valueSql = (cell: string): string =>
    isZero ? `coalesce(${tryNumberOf(cell)}, 0)` : tryNumberOf(cell);
  const numbers = outcomeNumbers(plan);
  const holes = numbers.map(({ column }) => `${tryNumberOf(`r.${quoteName(column)}`)} IS NULL`);
  const seen =
    at === null
      ? "CAST(NULL AS BIGINT)"
      : epochMs(`r.${quoteName(at)}`, timeForm(source.types.get(at)!), outcomes.zone);
  const columns = [
    ...numbers.map(
      ({ name, column }) => `${valueSql(`r.${quoteName(column)}`)} AS ${quoteName(name)}`,
    ),
    ...plan.segments.map(
      (segment) =>
        `${segmentSql(`r.${quoteName(segment)}`)} AS ${quoteName(segmentColumn(plan, segment))}`,
    ),
    `${seen} AS "seenMs"`,
    `${isZero && holes.length > 0 ? `(${holes.join(" OR ")})` : "false"} AS holed`,
  ];
  const rows = keyedRows({ source, user: outcomes.user }, arePseudonyms, columns);
  await warehouse.run(`CREATE OR REPLACE TABLE ${quoteName(OUTCOME_USERS)} AS ${rows}`);
  await requireSegments(warehouse, OUTCOME_USERS, source.file, plan);
}

/** Refuses a segment of too many values. @param table a row a user, with the plan's segments */
export async function requireSegments(
  warehouse: Warehouse,
  table: string,
  file: string,
  plan: MeasurementPlan,
): Promise<void> {
  for (const segment of plan.segments) {
    const column = quoteName(segmentColumn(plan, segment));
    const { n } = await warehouse.row(
      `SELECT count(DISTINCT ${column}) AS n FROM ${quoteName(table)}`,
    );
    if (Number(n) <= MOST_VALUES) continue;
    const message = `expected a segment of at most ${MOST_VALUES} values, found ${n}`;
    throw fileProblem(file, `column "${segment}"`, message, { column: segment });
  }
}

/** A segment's value; users of whom nothing is known are a segment of their own. */
export function segmentSql(column: string): string {
  return `coalesce(nullif(trim(${column}::VARCHAR), ''), 'not known')`;
}
