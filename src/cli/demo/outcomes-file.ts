// What the app itself knows of its users, written as its own file: user ids in clear, no arm, no
// pseudonym. Prove joins it to the journal through the campaign's key.
import type { Column, ExportedFile, ExportValue } from "../../prove/index.ts";
import { exportRows } from "../../prove/index.ts";
import { type Fate, OUTCOMES, outcomesOf } from "./known-truth.ts";

const COLUMNS: readonly Column[] = [
  { name: "user", type: "text" },
  { name: "d7", type: "int32" },
  { name: "d30", type: "int32" },
  { name: "orders", type: "int32" },
  { name: "paid", type: "int32" },
];

/** One row a user of the app, those who never came included. */
export function writeOutcomes(fate: Fate, folder: string): Promise<ExportedFile> {
  return exportRows(rows(fate), COLUMNS, { dir: folder, name: "outcomes", format: "parquet" });
}

function* rows(fate: Fate): Generator<readonly ExportValue[]> {
  for (let user = 0; user < fate.crowd.size; user++) {
    const given = { contacted: fate.contacted(user), rewarded: fate.rewarded(user) };
    const did = outcomesOf(fate, user, given);
    yield [fate.crowd.user(user).id, ...OUTCOMES.map((name) => did[name])];
  }
}
