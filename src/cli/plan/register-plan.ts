// The words of `hongbao plan`.
import type { Command } from "commander";
import { example, runs, withPublish } from "../verb.ts";
import { registerJudge } from "./register-judge.ts";

export function registerPlan(program: Command): void {
  const plan = program
    .command("plan")
    .description("What a campaign may bring, cost and need, before a cent is spent.")
    .argument("<file>", "a folder with a plan.yaml, or the file")
    .option("--draws <count>", "campaigns to draw (default: the plan's)")
    .option("--seed <text>", "of the draws (default: the plan's)")
    .option("--workers <count>", "threads at most (default: one a core); changes no number")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--write-campaign <file>", "write the plan's campaign as a campaign file, too")
    .option("--scenario <id>", "with --write-campaign: as this scenario has it")
    .option("--split", "with --write-campaign: with the best split of the budget")
    .option("--real-size", "with --write-campaign: at the real campaign's size")
    .option(
      "--pace",
      "with --write-campaign: waves let their budgets out as the plan expects demand",
    )
    .option("--overwrite", "with --write-campaign: replace a file that is there");
  withPublish(plan);
  runs(plan, async () => (await import("./plan.ts")).plan);
  example(
    plan,
    "hongbao plan examples/qwen-2026",
    "hongbao plan examples/qwen-2026/plan.yaml --draws 100000 --html plan.html",
    "hongbao plan examples/qwen-2026 --write-campaign next.yaml --scenario half",
  );
  registerCalibrate(plan);
  registerJudge(plan);
}

function registerCalibrate(plan: Command): void {
  const calibrate = plan
    .command("calibrate")
    .description("What a running campaign teaches: assumptions before and after, as a new plan.")
    .argument("<file>", "a folder with a plan.yaml, or the file")
    .requiredOption("--journal <dir>", "the campaign's data directory; a server may be writing it")
    .option("--verdict <file>", "what hongbao prove --json printed: retention, lift, own orders")
    .option("--until <time>", "leave out what came later, such as 2026-02-08T00:00:00+08:00")
    .option("--out <file>", "write the plan with what was seen as a new file")
    .option("--overwrite", "with --out: replace a file that is there")
    .option("--html <file>", "write the report as one HTML page, too");
  runs(calibrate, async () => (await import("./calibrate.ts")).calibratePlan);
  example(
    calibrate,
    "hongbao plan calibrate examples/qwen-2026 --journal data/ledger --out plan-day-2.yaml",
  );
}
