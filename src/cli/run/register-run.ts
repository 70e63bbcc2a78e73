// The words of `hongbao run`.
import type { Command } from "commander";
import { example, runs } from "../verb.ts";

export function registerRun(program: Command): void {
  const run = program
    .command("run")
    .description(
      "Run a campaign whose arms somebody else assigned through the engine, verify the journal, " +
        "and prove the effects: a folder with campaign.yaml and run.yaml.",
    )
    .argument("<project>", "the folder, such as examples/hillstrom")
    .option("--population <file>", "CSV or Parquet, one row a user; without it: counts by arm")
    .option("--data <dir>", "new folder for the files (default data/run-001, -002 …)");
  runs(run, async () => (await import("./run.ts")).run);
  example(
    run,
    "hongbao run examples/hillstrom",
    "hongbao run examples/hillstrom --population hillstrom.csv",
  );
}
