// The words of `hongbao exposure …`.
import type { Command } from "commander";
import { example, runs, SERVER, withSettings } from "./verb.ts";

export function registerExposure(program: Command): void {
  const exposure = program
    .command("exposure")
    .description("What users saw of a campaign outside hongbao, for measuring its effect.");
  const load = exposure
    .command("import")
    .description("Import who saw something, and when: of a user the earliest that is known counts.")
    .argument("<campaign>", "the campaign's id")
    .argument("<surface>", "where it was seen, as the campaign file declares it")
    .argument("<file>", "CSV, Parquet or DuckDB, a line for each time; repeating it is safe")
    .option("--user <name>", "the column with the users' ids (default: user)")
    .option(
      "--at <name>",
      "the column with the time, ms since 1970 or with its zone (default: at)",
    );
  withSettings(load, SERVER);
  runs(load, async () => (await import("./exposure-import.ts")).importExposures);
  example(load, "hongbao exposure import first banner banner.csv --user user_id --at seen_at");
}
