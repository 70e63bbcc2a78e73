// The words of the verbs of suspicion.
import type { Command } from "commander";
import { example, runs, SERVER_AND_CAMPAIGN, WHY, withSettings } from "./verb.ts";

const STEPS = [
  ["hold", "Hold a grant under suspicion: it cannot be redeemed, and its time stands still."],
  ["release", "End a hold: the grant lives on, at least for the campaign's releaseGrace."],
  ["clawback", "Take a grant back: its rest returns to the budget, what was spent is owing."],
] as const;

export function registerSuspicion(program: Command): void {
  for (const [step, meaning] of STEPS) {
    const verb = program.command(step).description(meaning).argument("<grant>", "the grant's id");
    withReason(verb);
    runs(verb, async () => (await import("./suspicion.ts")).suspect(step));
    example(verb, `hongbao ${step} GRANT --campaign first --why 'forty accounts on one device'`);
  }
  registerExtend(program);
  const repay = program
    .command("repay")
    .description("Book money that came in for a grant that was clawed back.")
    .argument("<grant>", "the grant's id")
    .argument("<amount>", "in major units, such as 1.50");
  withReason(repay);
  runs(repay, async () => (await import("./suspicion.ts")).repay);
  const cover = program
    .command("cover")
    .description("Bear a payment that a merchant made with a reward that was over.")
    .argument("<grant>", "the grant's id")
    .argument("<amount>", "in major units, such as 1.50")
    .requiredOption("--paid-at <instant>", "when it was paid, such as 2026-02-06T12:00:00+08:00")
    .option("--merchant <name>", "the merchant, as redemptions name it")
    .option("--separate", "it is another payment than the redemption recorded at that instant");
  withReason(cover);
  runs(cover, async () => (await import("./suspicion.ts")).cover);
  example(
    cover,
    "hongbao cover GRANT 25.00 --paid-at 2026-02-06T12:00:00Z --why 'the till was offline'",
  );
  const uncover = program
    .command("uncover")
    .description("Take back a payment that was booked by mistake with `hongbao cover`.")
    .argument("<grant>", "the grant's id")
    .argument("<cover>", "the id under which the payment was booked");
  withReason(uncover);
  runs(uncover, async () => (await import("./suspicion.ts")).uncover);
  example(uncover, "hongbao uncover GRANT till-9-0001 --why 'typed 25.00 for 2.50'");
  example(repay, "hongbao repay GRANT 4.00 --campaign first --why 'paid back by the user'");
  registerBlocks(program);
}

function registerExtend(program: Command): void {
  const verb = program
    .command("extend")
    .description(
      "Move the expiry of one grant further away, by the campaign's close at the latest.",
    )
    .argument("<grant>", "the grant's id")
    .option("--until <time>", "a day of the campaign's zone, such as 2026-03-02, or an instant")
    .option("--by <time>", "by so much, such as 3d, from the expiry in force")
    .option("--preview", "only say what would change");
  withReason(verb);
  runs(verb, async () => (await import("./extend.ts")).extend);
  example(
    verb,
    "hongbao extend GRANT --until 2026-03-02 --campaign first --why 'the shop was closed'",
    "hongbao extend GRANT --by 3d --campaign first --why 'the shop was closed' --preview",
  );
}

function registerBlocks(program: Command): void {
  const block = naming(
    program
      .command("block")
      .description("Block users, devices or other values: they get nothing more."),
  )
    .option("--for <time>", "for how long, such as 24h (default: for good)")
    .option("--until <instant>", "until when, such as 2026-02-23T18:00:00+08:00");
  runs(block, async () => (await import("./block.ts")).blockMany);
  example(
    block,
    "hongbao block user-7 --campaign first --why 'sells rewards'",
    "hongbao block --by device --file devices.txt --for 3d --campaign first --why 'farm'",
  );
  const unblock = naming(
    program.command("unblock").description("End blocks, whoever or whatever placed them."),
  );
  runs(unblock, async () => (await import("./block.ts")).unblockMany);
  example(unblock, "hongbao unblock user-7 --campaign first --why 'a mix-up'");
}

function naming(verb: Command): Command {
  verb
    .argument("[values...]", "ids of users, or values of the attribute")
    .option("--by <name>", "user, or an attribute of the campaign (default: user)")
    .option("--file <file>", "one a line; - reads them from standard input");
  return explaining(verb);
}

function withReason(verb: Command): void {
  explaining(verb).option(
    "--id <id>",
    "repeat this id to repeat the command safely (default: a fresh one)",
  );
}

function explaining(verb: Command): Command {
  verb
    .requiredOption(...WHY)
    .option("--evidence <text>", "where the evidence lies, at most 32 bytes; nothing personal");
  return withSettings(verb, SERVER_AND_CAMPAIGN);
}
