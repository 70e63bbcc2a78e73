// The words of `hongbao report …`.
import type { Command } from "commander";
import { collect, example, runs, SERVER, withSettings } from "./verb.ts";

export function registerReport(program: Command): void {
  const report = program
    .command("report")
    .description("Verdicts, plans and valuations that a server keeps, for its console.");
  const add = report
    .command("add")
    .description("Keep what prove, plan, value or plan judge printed with --json.")
    .argument("<file>", "its JSON, or - for what is piped in")
    .option("--campaign <id>", "the campaign on the server that it is about")
    .option(
      "--from <file>",
      "a file that it was made from, kept with it; may be repeated",
      collect,
    );
  withSettings(add, SERVER);
  runs(add, async () => (await import("./report.ts")).addReport);
  example(
    add,
    "hongbao report add verdict.json --campaign first",
    "hongbao plan examples/qwen-2026 --json | hongbao report add - \\",
    "    --from examples/qwen-2026/plan.yaml --from examples/qwen-2026/announced.yaml",
  );

  const list = report.command("list").description("All that are kept, the newest first.");
  withSettings(list, SERVER);
  runs(list, async () => (await import("./report.ts")).listReports);
  example(list, "hongbao report list");

  const show = report
    .command("show")
    .description("Print a report as it was added, as JSON.")
    .argument("<id>", "of `report list`");
  withSettings(show, SERVER);
  runs(show, async () => (await import("./report.ts")).showReport);
  example(show, "hongbao report show r-5d0q3k8v7w2mxh4t9zcb > verdict.json");

  const remove = report
    .command("remove")
    .description("Remove a report for good.")
    .argument("<id>", "of `report list`");
  withSettings(remove, SERVER);
  runs(remove, async () => (await import("./report.ts")).removeReport);
  example(remove, "hongbao report remove r-5d0q3k8v7w2mxh4t9zcb");
}
