// The words of the verbs for merchants: settle.
import type { Command } from "commander";
import { collect, example, runs, withSettings } from "./verb.ts";

export function registerSettle(program: Command): void {
  const settle = program
    .command("settle")
    .description("What each merchant is owed for each day, from a journal, to the last cent.")
    .argument("<dir>", "a data directory")
    .option("--merchant <name>", "only this merchant, by day; may be repeated", collect)
    .option("--merchants <file>", "names of merchants, one a line: a journal has pseudonyms only")
    .option("--day <date>", "only this day of the campaign's zone, such as 2026-02-06")
    .option("--until <record>", "as the journal was at this record, to make a statement again")
    .option("--csv <file>", "write all lines there, for a spreadsheet");
  withSettings(settle, ["campaign", "masterKeyFile"]);
  runs(settle, async () => (await import("./settle.ts")).settle);
  example(
    settle,
    "hongbao settle data/first --merchants shops.txt --csv settlement.csv",
    "hongbao settle data/first --merchant bakery --day 2026-02-06",
  );
}
