// What the app itself knows of its users, written as its own file: user ids in clear, no arm, no
// pseudonym. Prove joins it to the journal through the campaign's key.

import { dayMs } from "../../crowd/shape.ts";
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

const VISIT_COLUMNS: readonly Column[] = [
  { name: "user", type: "text" },
  { name: "atMs", type: "int64" },
];

/** Noon of each day: the log says on which days a user was there, and no more. */
const NOON_MS = 43_200_000;

/** One row a user and day with a visit. */
export function writeVisits(fate: Fate, folder: string): Promise<ExportedFile> {
  return exportRows(visits(fate), VISIT_COLUMNS, {
    dir: folder,
    name: "visits",
    format: "parquet",
  });
}

function* visits({ crowd, contacted, rewarded }: Fate): Generator<readonly ExportValue[]> {
  const { dayZeroMs } = crowd.shape;
  for (let user = 0; user < crowd.size; user++) {
    const given = { contacted: contacted(user), treated: rewarded(user) };
    const { id } = crowd.user(user);
    for (const day of crowd.realise(user, given).activeDays) {
      yield [id, dayZeroMs + day * dayMs + NOON_MS];
    }
  }
}

function* rows(fate: Fate): Generator<readonly ExportValue[]> {
  for (let user = 0; user < fate.crowd.size; user++) {
    const given = { contacted: fate.contacted(user), rewarded: fate.rewarded(user) };
    const did = outcomesOf(fate, user, given);
    yield [fate.crowd.user(user).id, ...OUTCOMES.map((name) => did[name])];
  }
}
