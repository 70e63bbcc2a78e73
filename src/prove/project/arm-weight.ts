// The planned share of an arm of a table: of all the values that are called by its name.
import { ownOf } from "../../base/record.ts";
import { fileProblem } from "../source-file.ts";
import type { CountsSources, TableSources } from "./measurement-plan.ts";

/** 1 where no shares were planned. Throws `invalid_file` where this arm has none. */
export function armWeight(
  { file, shares, arms: names }: TableSources | CountsSources,
  id: string,
): number {
  if (shares === null) return 1;
  const own = Object.entries(shares).filter(([value]) => (ownOf(names, value) ?? value) === id);
  const weight = own.reduce((sum, [, share]) => sum + share, 0);
  if (weight > 0) return weight;
  throw fileProblem(file, "", `expected a share of the arm "${id}", too (sources.table.shares)`);
}
