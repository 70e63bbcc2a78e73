// The words of the verbs that read a journal without any server: verify, export.
import type { Command } from "commander";
import { collect, example, runs, withSettings } from "./verb.ts";

export function registerJournal(program: Command): void {
  const verify = program
    .command("verify")
    .description("Check a whole journal: checksums, sums, caps, luck, holdouts. Needs no server.")
    .argument("<dir>", "a data directory, or the journal folder in it");
  verify.option(
    "--with-secrets",
    "draw the luck of running campaigns again too, with the secrets in DIR (operators only)",
  );
  verify
    .option("--key <vkey>", "the log's public key, as its operator published it")
    .option("--checkpoint <file>", "another checkpoint that the journal must lead to", collect)
    .option("--since <file>", "a checkpoint that you trust: say what came after it");
  withSettings(verify, ["masterKeyFile"]);
  runs(verify, async () => (await import("./verify.ts")).verify);
  example(
    verify,
    "hongbao verify data/first",
    "hongbao verify data/first --since yesterday.checkpoint --key hongbao/6f1c2a90+b46e2a1c+AR…",
  );

  const write = program
    .command("export")
    .description("Write the events of a journal as Parquet or CSV, also while a server runs.")
    .argument("<dir>", "a data directory, or the journal folder in it")
    .option("--to <format>", "parquet or csv", "parquet")
    .option("--out <dir>", "folder for the files", "export")
    .option("--parts", "add a file with what is new since the last time, each event in one of them")
    .option("--follow", "as --parts, and go on until it is told to stop")
    .option("--every <duration>", "with --follow: how often a file is added", "60s");
  runs(write, async () => (await import("./export.ts")).exportJournal);
  example(
    write,
    "hongbao export data/first --to csv --out out",
    "hongbao export data/first --parts --out warehouse",
  );
}
