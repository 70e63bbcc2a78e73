// The words of `hongbao suspects …`.
import type { Command } from "commander";
import { collect, example, runs, SERVER_AND_CAMPAIGN, WHY, withSettings } from "./verb.ts";

const WHERE =
  "offer=, wave=, state=, user=, merchant=, from=, to=, min=, max= (minor units), " +
  "ring=device>20, or an attribute=; several words with commas";

const STEPS = [
  ["hold", "Hold the grants that a preview named."],
  ["release", "End the holds of the grants that a preview named."],
  ["extend", "Move the expiry of the grants that a preview named further away."],
  ["clawback", "Take the grants back that a preview named."],
] as const;

export function registerSuspects(program: Command): void {
  const suspects = program
    .command("suspects")
    .description(
      "Find grants by what they have in common; hold, release, extend, claw back just those.",
    );
  const find = suspects
    .command("find")
    .description("What would be meant: counts, money, rings, and a token for these very grants.")
    .option("--where <name=value>", WHERE, collect)
    .option("--users <file>", "only grants of these users, one a line");
  withSettings(find, SERVER_AND_CAMPAIGN);
  runs(find, async () => (await import("./suspects.ts")).find);
  example(
    find,
    "hongbao suspects find --campaign first --where state=reserved --where 'ring=device>3'",
  );
  for (const [step, meaning] of STEPS) {
    const verb = suspects
      .command(step)
      .description(meaning)
      .argument("<token>", "of `suspects find`, on the same server")
      .requiredOption(...WHY)
      .option("--evidence <text>", "where the evidence lies, at most 32 bytes; nothing personal");
    const isExtend = step === "extend";
    if (isExtend) {
      verb.requiredOption("--until <time>", "a day of the campaign's zone, or an instant");
    }
    withSettings(verb, SERVER_AND_CAMPAIGN);
    runs(verb, async () => (await import("./suspects.ts")).act(step));
    const about = isExtend
      ? "--until 2026-03-02 --why 'the shop was closed'"
      : "--why 'a ring of forty'";
    example(verb, `hongbao suspects ${step} TOKEN --campaign first ${about}`);
  }
  const sample = suspects
    .command("sample")
    .description("Draw grants by chance, suspected ones and others, for people to judge.")
    .option("--suspects <count>", "how many that were suspected (default: 100)")
    .option("--others <count>", "how many that were not (default: 100)")
    .option("--output <file>", "write them as CSV, with a column verdict to fill in");
  withSettings(sample, SERVER_AND_CAMPAIGN);
  runs(sample, async () => (await import("./suspects-audit.ts")).sample);
  example(sample, "hongbao suspects sample --campaign first --output audit.csv");
  const judge = suspects
    .command("judge")
    .description("How often suspicion was wrong, by a sample with verdicts; exact intervals.")
    .argument("<file>", "the sample with cheat, honest or unclear in the column verdict");
  runs(judge, async () => (await import("./suspects-audit.ts")).judge);
  example(judge, "hongbao suspects judge audit.csv");
}
