// A quantile of any split of an arm: the values round its rank, and how many lie before them.
import { quoteName } from "../columns.ts";

/** Equal values of one bucket may stand for each other, so that any order of them is right. */
function ranked(table: string, value: string): string {
  return (
    `SELECT bucket, ${value} AS value, ` +
    `row_number() OVER (ORDER BY ${value}, bucket) - 1 AS place FROM ${quoteName(table)}`
  );
}

/** Columns: bucket, value; ascending. @param places the first and last, from 0 */
export function valuesNearRank(
  table: string,
  value: string,
  [first, last]: readonly [number, number],
): string {
  return `SELECT bucket, value FROM (${ranked(table, value)})
WHERE place BETWEEN ${first} AND ${last} ORDER BY place`;
}

/** Columns: bucket, below (values before the first of `valuesNearRank`). */
export function valuesBelowRank(table: string, value: string, first: number): string {
  return `SELECT bucket, count(*) FILTER (WHERE place < ${first}) AS below
FROM (${ranked(table, value)}) GROUP BY 1 ORDER BY 1`;
}
