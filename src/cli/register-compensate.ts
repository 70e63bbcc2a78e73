// The words of `hongbao compensate`.
import type { Command } from "commander";
import { example, runs, SERVER, WHY, withSettings } from "./verb.ts";

export function registerCompensate(program: Command): void {
  const compensate = program
    .command("compensate")
    .description("Make good what users of a list lost, from the campaign's compensation line.")
    .argument("<campaign>", "the campaign's id")
    .argument("<file>", "CSV, Parquet or DuckDB with a column user; also amount and grant")
    .requiredOption(...WHY)
    .option("--batch <name>", "the list's name in the journal (default: from its SHA-256)")
    .option("--preview", "only say what would be granted");
  withSettings(compensate, SERVER);
  runs(compensate, async () => (await import("./compensate.ts")).compensate);
  example(
    compensate,
    "hongbao compensate first lost.csv --why 'Cards vanished on 7 February' --preview",
    "hongbao compensate first lost.csv --why 'Cards vanished on 7 February' --batch vanished",
  );
}
