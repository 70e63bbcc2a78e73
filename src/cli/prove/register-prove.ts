// The words of `hongbao prove`.
import type { Command } from "commander";
import { collect, example, runs, withPublish } from "../verb.ts";

export function registerProve(program: Command): void {
  const prove = program
    .command("prove")
    .description("Judge what a campaign caused, with honest intervals.")
    .argument("<project>", "a folder with a prove.yaml, or the file")
    .option("--journal <dir>", "the campaign's data directory")
    .option("--events <file>", "or its export")
    .option("--outcomes <file>", "the app's file with a row a user")
    .option("--log <name=file>", "a log of what users did; may be repeated", collect)
    .option("--table <file>", "an experiment's table, in place of counts")
    .option("--seed <number>", "of the draws (default: the plan's hash; told as a deviation)")
    .option("--draws <count>", "of what might as well have been seen (default 2000; told likewise)")
    .option("--rehearsal", "judge a rehearsal, as an exercise, which the report says")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--sql", "show every query on standard error");
  withPublish(prove);
  runs(prove, async () => (await import("./project.ts")).project);
  example(
    prove,
    "hongbao prove examples/hillstrom",
    "hongbao prove examples/qwen-2026 --journal data/ledger --outcomes users.parquet \\",
    "    --log visits=visits.parquet --html report.html",
    "hongbao prove examples/hillstrom --publish",
  );
  const quick = prove
    .command("quick")
    .description("Judge any experiment from one table: a row a user, a column with the arm.")
    .argument("<file>", "CSV, Parquet or DuckDB")
    .requiredOption("--arm <column>", "the column with the arm")
    .requiredOption("--control <value>", "the arm that was held out")
    .requiredOption("--outcome <columns>", "outcomes, parted by commas; the first counts", collect)
    .option("--user <column>", "the user's id, to find users in several rows or arms")
    .option("--pre <column>", "the user's number before the experiment, to adjust by")
    .option("--shares <list>", "planned shares, such as a=.5,b=50% (default: equal)")
    .option("--margin <money>", "margin of one unit more of the first outcome")
    .option("--cost <money>", "what each treated user cost on average; needed with --margin")
    .option(
      "--missing <what>",
      "rows with empty cells: refuse, drop, zero or inactive (default refuse)",
    )
    .option("--duplicates <what>", "several rows of a user: refuse, identical, or sum")
    .option("--several-arms <what>", "users in several arms: refuse, or drop")
    .option("--empty <words>", "what stands in empty cells, parted by commas, such as NA,NaN")
    .option("--table <name>", "of a DuckDB file that has several")
    .option("--separator <name>", "of a CSV: comma, semicolon, tab or pipe (default comma)")
    .option("--deviation <part>", "shares off by less are no alarm (default .001, at most .05)")
    .option(
      "--randomised",
      "chance assigned the arms: without it that is taken for granted, and said",
    )
    .option("--not-randomised", "no chance assigned the arms: evidence of grade F")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--sql", "show every query on standard error");
  withPublish(quick);
  runs(quick, async () => (await import("./quick.ts")).quick);
  example(
    quick,
    "hongbao prove quick customers.csv --arm segment --control none --outcome visit,spend",
    "hongbao prove quick test.parquet --arm group --control A --outcome orders \\",
    "    --shares A=.1,B=.9 --margin 3.20 --cost .40 --html report.html",
  );
  registerPlan(prove);
  registerAa(prove);
}

function registerAa(prove: Command): void {
  const aa = prove
    .command("aa")
    .description("Whether intervals keep their promise on these data: random splits of one arm.")
    .argument("<project>", "a folder with a prove.yaml, or the file")
    .option("--arm <id>", "whose users are split (default: the held-out)")
    .option("--unit <column>", "what users belong to, such as a household: never parted")
    .option("--splits <count>", "random splits (default 1000)")
    .option("--share <part>", "part of the users in the fake holdout (default 50%)")
    .option("--seed <number>", "of the splits (default 1)")
    .option("--journal <dir>", "the campaign's data directory")
    .option("--events <file>", "or its export")
    .option("--outcomes <file>", "the app's file with a row a user")
    .option("--log <name=file>", "a log of what users did; may be repeated", collect)
    .option("--table <file>", "an experiment's table, in place of counts")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--sql", "show every query on standard error");
  runs(aa, async () => (await import("./aa.ts")).aa);
  example(
    aa,
    "hongbao prove aa examples/tables/works-and-loses.yaml",
    "hongbao prove aa examples/qwen-2026 --journal data/ledger --outcomes users.parquet \\",
    "    --log visits=visits.parquet --arm treated --share 2%",
  );
}

function registerPlan(prove: Command): void {
  const plan = prove
    .command("plan")
    .description("Before a campaign: the smallest effects that its holdout will be able to see.")
    .argument("[project]", "a folder with a prove.yaml, or the file: all metrics of its plan")
    .option("--users <count>", "users assigned in all; or by question, as reach=200000", collect)
    .option("--holdout <part>", "part of them held out, such as .02 or 2%")
    .option("--base <share>", "the held-out users' share; of a metric, as d30=23.5%", collect)
    .option("--deviation <number>", "for sums instead of shares: standard deviation of one user")
    .option("--sd <metric=number>", "the same of a project's metric; may be repeated", collect)
    .option("--mean <metric=number>", "its mean, where something is in per cent of it", collect)
    .option("--history <file>", "users of the past, with the metrics' columns: base, sd and mean")
    .option("--detect <effect>", "how large must the holdout be? 0.2points, d30=0.2points", collect)
    .option("--weeks <count>", "weeks over which they arrive (default 4)")
    .option("--power <chance>", "chance to see the effect (default .8)")
    .option("--margin <money>", "margin of one unit more, or of one user more")
    .option("--cost <money>", "what each treated user will cost; needed with --margin")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--sql", "show every query on standard error");
  runs(plan, async () => (await import("./plan.ts")).plan);
  example(
    plan,
    "hongbao prove plan --users 2000000 --holdout 2% --base 23.5% --margin 18 --cost 4",
    "hongbao prove plan examples/qwen-2026 --base d30=23.5% --sd orders=1.4 --detect d30=1points",
    "hongbao prove plan examples/tables/works-and-loses.yaml --users 200000 --history past.csv",
  );
}
