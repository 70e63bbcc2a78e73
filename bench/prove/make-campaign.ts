// Writes what `bench prove` judges into a folder: events.parquet as `hongbao export` would,
// outcomes.parquet with one row a user, and visits.parquet. About 10 events and 4 visits a user.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { quoteText } from "../../src/prove/columns.ts";
import { type Warehouse, withWarehouse } from "../../src/prove/warehouse.ts";
import { provenCampaign } from "./campaign.ts";
import { claimsSql, macrosSql, outcomesSql, usersSql, visitsSql } from "./crowd-sql.ts";
import { eventsSql, fatesSql, timelineSql } from "./events-sql.ts";

export interface MadeFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface MadeCampaign {
  readonly events: MadeFile;
  readonly outcomes: MadeFile;
  readonly visits: MadeFile;
}

/** Held while it is made; more goes to the temporary folder. */
const MEMORY_LIMIT = "4GB";

/** @param seed a whole number from 0 to 4095 */
export async function makeCampaign(
  folder: string,
  users: number,
  seed: number,
): Promise<MadeCampaign> {
  const definition = provenCampaign();
  return await withWarehouse({ memoryLimit: MEMORY_LIMIT }, async (warehouse) => {
    for (const macro of macrosSql(seed)) await warehouse.run(macro);
    await warehouse.run(usersSql(users, definition));
    const outcomes = await write(warehouse, outcomesSql(), join(folder, "outcomes.parquet"));
    const visits = await write(warehouse, visitsSql(), join(folder, "visits.parquet"));
    await warehouse.run(claimsSql(definition));
    await warehouse.run(fatesSql());
    await warehouse.run(timelineSql(definition));
    const events = await write(warehouse, eventsSql(definition), join(folder, "events.parquet"));
    return { events, outcomes, visits };
  });
}

async function write(warehouse: Warehouse, sql: string, path: string): Promise<MadeFile> {
  await warehouse.run(`COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`);
  const { n } = await warehouse.row(`SELECT count(*) AS n FROM read_parquet(${quoteText(path)})`);
  return { path, rows: Number(n), bytes: (await stat(path)).size };
}
