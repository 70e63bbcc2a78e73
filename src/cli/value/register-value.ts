// The words of `hongbao value`.
import type { Command } from "commander";
import { example, runs, withPublish } from "../verb.ts";

export function registerValue(program: Command): void {
  const value = program
    .command("value")
    .description(
      "What a campaign does to the company's figures: unit economics, the quarter's bridge, " +
        "estimates, a share's value, and what the market implied. It informs; it gives no advice.",
    )
    .argument("<file>", "a folder with a value.yaml, or the file")
    .option("--plan <file>", "this plan's results instead of those that the file names")
    .option("--published <file>", "the same plan as these published figures leave it")
    .option("--html <file>", "write the report as one HTML page, too");
  withPublish(value);
  runs(value, async () => (await import("./value.ts")).value);
  example(
    value,
    "hongbao value examples/qwen-2026",
    "hongbao value examples/qwen-2026 --published examples/qwen-2026/published.yaml",
  );
}
