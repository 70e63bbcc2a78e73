// The app's file with a row a user, checked, with the user's key and the numbers that the plan asks
// for.
import { quoteName } from "../columns.ts";
import {
  type CellCheck,
  fileProblem,
  loadSource,
  refuseCells,
  requireColumns,
  requireUnique,
  type SourceTable,
} from "../source-file.ts";
import { epochMs, isOddNumber, timeForm, tryNumber } from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";
import type { MeasurementPlan, OutcomesSource } from "./measurement-plan.ts";
import { timeChecks } from "./time-cells.ts";
import { metricColumns, segmentColumn } from "./unit-columns.ts";
import { keyedRows, userChecks, userSql } from "./user-keys.ts";

export const OUTCOMES = "outcomes";
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

/** Loads and checks. Throws `invalid_file` naming line or row, column and how many rows. */
export async function loadOutcomes(
  warehouse: Warehouse,
  outcomes: OutcomesSource,
  plan: MeasurementPlan,
  arePseudonyms: boolean,
): Promise<SourceTable> {
  const numbers = outcomeNumbers(plan);
  const at = outcomes.at === null ? [] : [outcomes.at];
  const names = numbers.map(({ column }) => column);
  const wanted = [outcomes.user, ...names, ...plan.segments, ...at];
  const source = await loadSource(warehouse, outcomes.file, OUTCOMES, outcomes.table, wanted);
  requireColumns(source, wanted);
  await refuseCells(warehouse, source, [
    ...userChecks(source, outcomes.user, arePseudonyms),
    ...numbers.flatMap((each) => numberChecks(source, each)),
    ...at.flatMap((column) => timeChecks(source, column, outcomes.zone)),
  ]);
  const key = userSql(outcomes.user, arePseudonyms);
  await requireUnique(warehouse, source, outcomes.user, key);
  return source;
}

/** Squares of larger numbers, summed over a file, would leave the range of doubles. */
const LARGEST = 1e100;

/** A number that is finite, not huge, and 0 or 1 where it is to be a share. */
export function numberChecks(
  source: SourceTable,
  { column, isShare }: Pick<OutcomeNumber, "column" | "isShare">,
  largest: number = LARGEST,
): CellCheck[] {
  const cast = tryNumber(column);
  const expected = isShare ? "0 or 1" : "a finite number";
  const odd = source.types.get(column) === "VARCHAR" ? ` OR ${isOddNumber(column)}` : "";
  const checks = [{ column, wrong: `${cast} IS NULL OR NOT isfinite(${cast})${odd}`, expected }];
  if (isShare) return [...checks, { column, wrong: `${cast} NOT IN (0, 1)`, expected }];
  const small = `a number of at most ${largest} in size`;
  return [...checks, { column, wrong: `abs(${cast}) > ${largest}`, expected: small }];
}

/** Most values of a segment: beyond them it is no segment but a number or an id. */
const MOST_VALUES = 50;

/** Table "outcome users": user, the numbers, the segments, and when (null where nobody said). */
export async function keyOutcomes(
  warehouse: Warehouse,
  source: SourceTable,
  outcomes: OutcomesSource,
  plan: MeasurementPlan,
  arePseudonyms: boolean,
): Promise<void> {
  const { at } = outcomes;
  const seen =
    at === null
      ? "CAST(NULL AS BIGINT)"
      : epochMs(`r.${quoteName(at)}`, timeForm(source.types.get(at)!), outcomes.zone);
  const columns = [
    ...outcomeNumbers(plan).map(
      ({ name, column }) => `CAST(r.${quoteName(column)} AS DOUBLE) AS ${quoteName(name)}`,
    ),
    ...plan.segments.map(
      (segment) =>
        `${segmentSql(`r.${quoteName(segment)}`)} AS ${quoteName(segmentColumn(plan, segment))}`,
    ),
    `${seen} AS "seenMs"`,
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
