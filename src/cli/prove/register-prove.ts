// The words of `hongbao prove`.
import type { Command } from "commander";
import { collect, example, runs } from "../verb.ts";

export function registerProve(program: Command): void {
  const prove = program
    .command("prove")
    .description("Judge what a campaign caused, with honest intervals.");
  const quick = prove
    .command("quick")
    .description("Judge any experiment from one table: a row a user, a column with the arm.")
    .argument("<file>", "CSV or Parquet")
    .requiredOption("--arm <column>", "the column with the arm")
    .requiredOption("--control <value>", "the arm that was held out")
    .requiredOption("--outcome <columns>", "outcomes, parted by commas; the first counts", collect)
    .option("--user <column>", "the user's id, to find users in several rows or arms")
    .option("--pre <column>", "the user's number before the experiment, to adjust by")
    .option("--shares <list>", "planned shares, such as a=.5,b=.5 (default: equal)")
    .option("--margin <money>", "margin of one unit more of the first outcome")
    .option("--cost <money>", "what each treated user cost on average")
    .option("--missing <what>", "rows with empty cells: refuse, drop, or zero (default refuse)")
    .option("--deviation <part>", "shares off by less than this part are no alarm (default .001)")
    .option("--not-randomised", "no chance assigned the arms: evidence of grade F")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--sql", "show every query on standard error");
  runs(quick, async () => (await import("./quick.ts")).quick);
  example(
    quick,
    "hongbao prove quick customers.csv --arm segment --control none --outcome visit,spend",
    "hongbao prove quick test.parquet --arm group --control A --outcome orders \\",
    "    --shares A=.1,B=.9 --margin 3.20 --cost .40 --html report.html",
  );
}
