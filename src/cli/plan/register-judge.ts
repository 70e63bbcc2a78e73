// The words of `hongbao plan judge` and `hongbao plan back-test`.
import type { Command } from "commander";
import { example, runs } from "../verb.ts";

/** @param plan the command that they are verbs of */
export function registerJudge(plan: Command): void {
  const judge = plan
    .command("judge")
    .description("Whether a campaign paid off, by published figures alone: evidence of grade F.");
  withFlags(judge);
  runs(judge, async () => (await import("./judge.ts")).judge);
  example(
    judge,
    "hongbao plan judge examples/qwen-2026",
    "hongbao plan judge published.yaml --json",
  );
  const test = plan
    .command("back-test")
    .description("Which intervals of a plan held the figures that were published later.");
  withFlags(test);
  runs(test, async () => (await import("./judge.ts")).backTest);
  example(test, "hongbao plan back-test examples/qwen-2026");
}

function withFlags(command: Command): void {
  command
    .argument("<file>", "a folder with a published.yaml, or the file")
    .option("--workers <count>", "threads at most (default: one a core); changes no number")
    .option("--html <file>", "write the report as one HTML page, too");
}
