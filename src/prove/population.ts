// The rows of a population: as a checked table for the evaluation, and as a stream of users with
// their given arms for the engine that runs them.

import { ownOf } from "../base/record.ts";
import { quoteName, quoteText } from "./columns.ts";
import { readCounts } from "./project/counts-study.ts";
import type { RunArm, RunFile } from "./run-file.ts";
import {
  fileProblem,
  loadSource,
  refuseRows,
  requireColumns,
  requireUnique,
  type SourceTable,
} from "./source-file.ts";
import { Warehouse, type WarehouseOptions } from "./warehouse.ts";

export interface PopulationTable extends SourceTable {
  /** SQL that turns the arm column into the arm's id. */
  readonly armSql: string;
}

/** One user of the population, as the engine needs it. */
export interface PopulationUser {
  readonly user: string;
  readonly arm: RunArm;
}

const TABLE = "population";
const PAGE_ROWS = 16_384;

/** Loads a population and refuses it at the first cell that is not what run.yaml says. */
async function columnCheckedArms(
  warehouse: Warehouse,
  run: RunFile,
  file: string,
): Promise<PopulationTable> {
  const source = await loadSource(warehouse, file, TABLE);
  requireColumns(source, [run.armColumn]);
  if (run.userColumn !== null) {
    requireColumns(source, [run.userColumn]);
    const empty = `${quoteName(run.userColumn)} IS NULL`;
    await refuseRows(warehouse, source, run.userColumn, empty, "a user id");
    await requireUnique(warehouse, source, run.userColumn);
  }
  const arms = [run.holdout, ...run.variants];
  const known = arms.map((arm) => quoteText(arm.value)).join(", ");
  const arm = quoteName(run.armColumn);
  const values = arms.map(({ value }) => `"${value}"`).join(", ");
  const unknown = `coalesce(${arm}::VARCHAR NOT IN (${known}), true)`;
  await refuseRows(warehouse, source, run.armColumn, unknown, `one of ${values}`);
  return { ...source, armSql: armSql(run) };
}

/**
 * The users of a population file with their arms, in the order of the rows; the whole file is
 * checked before the first one comes.
 */
export async function* readPopulation(
  run: RunFile,
  file: string,
  options: WarehouseOptions = {},
): AsyncGenerator<PopulationUser> {
  const arms = new Map([run.holdout, ...run.variants].map((arm) => [arm.id, arm]));
  const warehouse = await Warehouse.open(options);
  try {
    const source = await columnCheckedArms(warehouse, run, file);
    const place = quoteName(source.position);
    const user =
      run.userColumn === null ? `${place}::VARCHAR` : `${quoteName(run.userColumn)}::VARCHAR`;
    for (let from = 0; from < source.rows; from += PAGE_ROWS) {
      const page = await warehouse.rows(
        `SELECT ${user} AS user, ${source.armSql} AS arm FROM ${TABLE} ` +
          `WHERE ${place} > ${from} AND ${place} <= ${from + PAGE_ROWS} ORDER BY ${place}`,
      );
      for (const row of page) yield { user: String(row.user), arm: arms.get(String(row.arm))! };
    }
  } finally {
    await warehouse.close();
  }
}

/** As many users in each arm as the counts say, numbered from 1, where the rows are not at hand. */
export async function* populationFromCounts(run: RunFile): AsyncGenerator<PopulationUser> {
  if (run.countsPath === null) {
    throw fileProblem(run.path, "counts", "without a population file, expected counts by arm");
  }
  const counts = await readCounts(run.countsPath);
  let row = 0;
  for (const arm of [run.holdout, ...run.variants]) {
    for (let i = 0; i < (ownOf(counts.arms, arm.id)?.n ?? 0); i++)
      yield { user: String(++row), arm };
  }
}

function armSql(run: RunFile): string {
  const cases = [run.holdout, ...run.variants].map(
    ({ value, id }) => `WHEN ${quoteText(value)} THEN ${quoteText(id)}`,
  );
  return `CASE ${quoteName(run.armColumn)}::VARCHAR ${cases.join(" ")} END`;
}
