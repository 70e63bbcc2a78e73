// Effects of a campaign whose arms somebody else assigned: from the rows of a population, or from
// counts by arm where the rows are not at hand. Both go through the same study and verdict.

import { quoteName } from "./columns.ts";
import { type CountsByArm, readCountsFile } from "./counts-file.ts";
import { columnCheckedArms, type PopulationTable } from "./population.ts";
import { reduceMoments } from "./reduce-moments.ts";
import type { RunFile } from "./run-file.ts";
import { fileProblem } from "./source-file.ts";
import type { Study, StudyArm } from "./study.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { type WarehouseOptions, withWarehouse } from "./warehouse.ts";

export interface GivenOptions {
  /** CSV or Parquet with one row a user; absent: the counts that run.yaml names. */
  readonly population?: string;
  /** Users by arm as the journal recorded them; a difference from the outcomes is refused. */
  readonly journalArms?: ReadonlyMap<string, number>;
  readonly warehouse?: WarehouseOptions;
  readonly level?: number;
}

/** The verdict on a run with given assignment, its published figures beside it. */
export async function proveGiven(run: RunFile, options: GivenOptions = {}): Promise<Verdict> {
  const { population } = options;
  const counts =
    population === undefined
      ? await countsOf(run)
      : await reducePopulation(run, population, options.warehouse);
  requireSameArms(counts, options.journalArms);
  const notes =
    population === undefined
      ? [`without the rows: from the counts by arm in ${run.countsPath}`]
      : [];
  return verdictOf(
    { title: run.title, studies: [studyOf(run, counts)], expectations: run.published, notes },
    options.level,
  );
}

/** One pass over the rows of a population to the counts of its arms. */
export async function reducePopulation(
  run: RunFile,
  file: string,
  options: WarehouseOptions = {},
): Promise<CountsByArm> {
  return await withWarehouse(options, async (warehouse) => {
    const population: PopulationTable = await columnCheckedArms(warehouse, run, file);
    const reduced = await reduceMoments(warehouse, {
      table: population.table,
      arm: population.armSql,
      values: run.outcomes.map(({ id, column }) => ({
        id,
        sql: `CAST(${quoteName(column)} AS DOUBLE)`,
      })),
      claimed: null,
    });
    const [control, ...treatments] = [run.holdout, ...run.variants].map((arm): StudyArm => {
      const found = reduced.get(arm.id);
      if (found === undefined) {
        const message = `no row with "${arm.value}", the arm "${arm.id}"`;
        throw fileProblem(file, `column "${run.armColumn}"`, message, { column: run.armColumn });
      }
      return { id: arm.id, weight: arm.weight, ...found };
    });
    return { source: file, control: control!, treatments };
  });
}

async function countsOf(run: RunFile): Promise<CountsByArm> {
  if (run.countsPath !== null) return await readCountsFile(run.countsPath, run);
  throw fileProblem(run.path, "counts", "without a population file, expected counts by arm");
}

function studyOf(run: RunFile, counts: CountsByArm): Study {
  return {
    title: `Effects against "${run.holdout.value}"`,
    estimand: run.estimand,
    randomised: run.randomised,
    ownAllocator: false,
    metrics: run.outcomes,
    control: counts.control,
    treatments: counts.treatments,
    source: counts.source,
  };
}

function requireSameArms(counts: CountsByArm, journal: ReadonlyMap<string, number> | undefined) {
  if (journal === undefined) return;
  for (const { id, n } of [counts.control, ...counts.treatments]) {
    const recorded = journal.get(id) ?? 0;
    if (recorded === n) continue;
    const message = `arm "${id}" has ${n} users here and ${recorded} in the journal`;
    throw fileProblem(counts.source, "", message, { arm: id });
  }
}
