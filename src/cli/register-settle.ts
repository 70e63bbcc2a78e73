// The words of the verbs for merchants: settle, reconcile.
import type { Command } from "commander";
import { collect, example, runs, withSettings } from "./verb.ts";

export function registerSettle(program: Command): void {
  const settle = program
    .command("settle")
    .description("What each merchant is owed for each day, from a journal, to the last cent.")
    .argument("[dir]", "a data directory; without one the server is asked, for one campaign")
    .option("--merchant <name>", "only this merchant, by day; may be repeated", collect)
    .option("--merchants <file>", "names of merchants, one a line: a journal has pseudonyms only")
    .option("--day <date>", "only this day of the campaign's zone, such as 2026-02-06")
    .option("--until <record>", "as the journal was at this record, to make a statement again")
    .option("--csv <file>", "write all lines there, for a spreadsheet");
  withSettings(settle, ["campaign", "masterKeyFile", "url", "key", "timeoutMs"]);
  runs(settle, async () => (await import("./settle.ts")).settle);
  example(
    settle,
    "hongbao settle data/first --merchants shops.txt --csv settlement.csv",
    "hongbao settle data/first --merchant bakery --day 2026-02-06",
    "hongbao settle --campaign first --merchant bakery",
  );

  const reconcile = program
    .command("reconcile")
    .description("Hold a merchant's own list of payments against the journal, and repair.")
    .argument("<dir>", "a data directory")
    .argument("<file>", "its list: columns redemption, grant, amount, paidAt; reversal, currency")
    .requiredOption("--merchant <name>", "the merchant, as its redemptions name it")
    .option("--apply", "record on the server what was paid and not recorded; else a preview")
    .option("--cover <why>", "with --apply: bear what no reward can pay any more, and why")
    .option("--from <date>", "the first day whose records must be listed, such as 2026-02-06")
    .option("--to <date>", "the last one");
  withSettings(reconcile, ["campaign", "masterKeyFile", "url", "key", "timeoutMs"]);
  runs(reconcile, async () => (await import("./reconcile.ts")).reconcile);
  example(
    reconcile,
    "hongbao reconcile data/first bakery.csv --merchant bakery",
    "hongbao reconcile data/first bakery.csv --merchant bakery --apply",
    "hongbao reconcile data/first bakery.csv --merchant bakery --apply --cover 'till offline'",
  );
}
