// The words of `hongbao list …`.
import type { Command } from "commander";
import { example, runs, SERVER, withSettings } from "./verb.ts";

export function registerList(program: Command): void {
  const list = program.command("list").description("Lists of users for conditions of offers.");
  const load = list
    .command("import")
    .description("Import a list of users: it replaces the one before, as a whole.")
    .argument("<campaign>", "the campaign's id")
    .argument("<list>", "the list's id, as the campaign file declares it")
    .argument("<file>", "one user id a line; or a CSV, Parquet or DuckDB file with --column")
    .option("--column <name>", "the column that holds the users' ids");
  withSettings(load, SERVER);
  runs(load, async () => (await import("./list-import.ts")).importList);
  example(
    load,
    "hongbao list import first regulars regulars.txt",
    "hongbao list import first regulars users.parquet --column user_id",
  );
}
