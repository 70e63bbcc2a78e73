// The words of `hongbao draw enter|show|close`.
import type { Command } from "commander";
import { example, runs, SERVER_AND_CAMPAIGN, withSettings } from "./verb.ts";

export function registerDraw(program: Command): void {
  const draw = program.command("draw").description("Enter draws and look at them.");
  const enter = draw
    .command("enter")
    .description("Enter a user into a draw.")
    .argument("<draw>", "the draw's id")
    .option("--id <id>", "repeat this id to repeat the command safely (default: a fresh one)")
    .option("--variant <id>", "where assignment is given: the user's variant, or holdout");
  withSettings(enter, ["user", ...SERVER_AND_CAMPAIGN]);
  runs(enter, async () => (await import("./draw.ts")).enter);
  example(enter, "hongbao draw enter sunday --campaign first --user user-1");

  const show = draw
    .command("show")
    .description("Entries, prizes, and winners by their grants.")
    .argument("<draw>", "the draw's id")
    .option("--after <number>", "leave out so many winners, those of the pages before");
  withSettings(show, SERVER_AND_CAMPAIGN);
  runs(show, async () => (await import("./draw.ts")).show);
  example(show, "hongbao draw show sunday --campaign first");

  const close = draw
    .command("close")
    .description("Close a draw whose time has come; a server does so by itself.")
    .argument("<draw>", "the draw's id");
  withSettings(close, SERVER_AND_CAMPAIGN);
  runs(close, async () => (await import("./draw.ts")).close);
  example(close, "hongbao draw close sunday --campaign first");
}
