// The words of `hongbao demo`.
import type { Command } from "commander";
import { example, runs } from "../verb.ts";

export function registerDemo(program: Command): void {
  const demo = program
    .command("demo")
    .description(
      "Plan, run, serve, prove and value the campaign of examples/qwen-2026 at 1 : 1000, against " +
        "a real server, in about a minute.",
    )
    .option("--seed <number>", "another crowd (default 2026)")
    .option("--data <dir>", "new folder for the files (default data/demo-001, -002 …)")
    .option("--serve", "leave a server and its console running afterwards, for an hour after use")
    .option("--open", "as --serve, and open the console in the browser");
  runs(demo, async () => (await import("./demo.ts")).demo);
  example(demo, "hongbao demo", "hongbao demo --open", "hongbao demo --seed 7 --json");
}
