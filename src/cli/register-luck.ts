// The words of `hongbao luck …`.
import type { Command } from "commander";
import { example, runs, SERVER, SERVER_AND_CAMPAIGN, withSettings } from "./verb.ts";

export function registerLuck(program: Command): void {
  const luck = program.command("luck").description("Explain a drawing; hold odds against counts.");

  const show = luck
    .command("show")
    .description("One lucky grant, step by step, and how to draw it again.")
    .argument("<grant>", "the grant's id; of a journal also its number, as exports show it")
    .option("--journal <dir>", "read a data directory or its journal, without any server");
  withSettings(show, SERVER_AND_CAMPAIGN);
  runs(show, async () => (await import("./luck.ts")).showLuck);
  example(
    show,
    "hongbao luck show GRANT --campaign first",
    "hongbao luck show 0 --journal data/first --json | node examples/luck/redraw.mjs",
  );

  const odds = luck
    .command("odds")
    .description("Published odds beside what was granted, with a test.")
    .argument("<dir-or-campaign>", "a data directory or its journal; else a campaign's id");
  withSettings(odds, SERVER);
  runs(odds, async () => (await import("./luck.ts")).showOdds);
  example(odds, "hongbao luck odds data/first", "hongbao luck odds first");
}
