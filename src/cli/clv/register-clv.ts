// The words of `hongbao clv`.
import type { Command } from "commander";
import { example, runs } from "../verb.ts";

export function registerClv(program: Command): void {
  const clv = program
    .command("clv")
    .description(
      "What customers are worth: a log of purchases, a summary a customer or a cohort's survival " +
        "table, fitted by every admissible model, checked on a hold-out and projected.",
    )
    .argument("<file>", "CSV or Parquet; what it holds is recognised by its columns")
    .option("--customer <column>", "log: who bought (default: customer, customer_id, user, id …)")
    .option("--date <column>", "log: the day, as 2025-11-28 or 20251128 (default: date, day …)")
    .option("--amount <column>", "log: what was paid, one currency (default: amount, sales …)")
    .option("--frequency <column>", "summary: repeat purchases (default: x, frequency)")
    .option("--recency <column>", "summary: time of the last one (default: t_x, recency)")
    .option("--age <column>", "summary: time watched (default: T, age; periods means BG/BB)")
    .option("--value <column>", "summary: mean value of a repeat purchase (default: zbar …)")
    .option("--count <column>", "summary: how many customers are alike (default: weights, count)")
    .option("--holdout <column>", "summary: purchases in the hold-out (default: x_star)")
    .option("--period <column>", "cohort: renewals since the start (default: period, year, month)")
    .option("--survivors <column>", "cohort: who is left (default: survivors, active)")
    .option("--size <customers>", "cohort: what its first count stands for, if that is a share")
    .option("--separator <name>", "of a CSV: comma, semicolon, tab or pipe (default comma)")
    .option("--unit <unit>", "day, week, month or year (default: week; of a cohort: year)")
    .option("--until <day>", "log: the calibration's last day; what came later is held back")
    .option("--holdout-time <units>", "summary: how long the hold-out lasted")
    .option("--fit <periods>", "cohort: fit so many periods and hold the rest back")
    .option("--horizon <units>", "how far to look ahead (default: a year; of a cohort: 10 periods)")
    .option("--discount <rate>", "effective, a year, such as .1 or 10% (default 10%)")
    .option("--level <part>", "of the intervals (default 95%)")
    .option("--bootstrap <replicates>", "for what is to come (default 100 up to 1,000 customers)")
    .option("--seed <number>", "of the bootstrap (default 1)")
    .option("--each <file>", "write a line a customer as CSV: alive, purchases, value by model");
  runs(clv, async () => (await import("./clv.ts")).clv);
  example(
    clv,
    "hongbao clv orders.csv --until 2025-06-30 --horizon 26 --discount 12%",
    "hongbao clv summary.parquet --frequency repeats --recency last --age watched --unit day",
    "hongbao clv cohort.csv --survivors left --fit 7",
  );
}
