// The words of the verbs that read a journal without any server: verify, export.
import type { Command } from "commander";
import { example, runs, withSettings } from "./verb.ts";

export function registerJournal(program: Command): void {
  const verify = program
    .command("verify")
    .description("Check a whole journal: checksums, sums, caps, luck, holdouts. Needs no server.")
    .argument("<dir>", "a data directory, or the journal folder in it");
  verify.option(
    "--with-secrets",
    "draw the luck of running campaigns again too, with the secrets in DIR (operators only)",
  );
  withSettings(verify, ["masterKeyFile"]);
  runs(verify, async () => (await import("./verify.ts")).verify);
  example(verify, "hongbao verify data/first", "hongbao verify data/first --json");

  const write = program
    .command("export")
    .description("Write the events of a journal as Parquet or CSV, also while a server runs.")
    .argument("<dir>", "a data directory, or the journal folder in it")
    .option("--to <format>", "parquet or csv", "parquet")
    .option("--out <dir>", "folder for the files", "export");
  runs(write, async () => (await import("./export.ts")).exportJournal);
  example(write, "hongbao export data/first --to csv --out out");
}
