// The words of the verbs of suspicion.
import type { Command } from "commander";
import { example, runs, withSettings } from "./verb.ts";

const REMOTE = ["campaign", "url", "key", "timeoutMs"] as const;

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
  const repay = program
    .command("repay")
    .description("Book money that came in for a grant that was clawed back.")
    .argument("<grant>", "the grant's id")
    .argument("<amount>", "in major units, such as 1.50");
  withReason(repay);
  runs(repay, async () => (await import("./suspicion.ts")).repay);
  example(repay, "hongbao repay GRANT 4.00 --campaign first --why 'paid back by the user'");
}

function withReason(verb: Command): void {
  verb
    .requiredOption("--why <text>", "why, for whoever reads the journal later")
    .option("--evidence <text>", "where the evidence lies, at most 32 bytes; nothing personal")
    .option("--id <id>", "repeat this id to repeat the command safely (default: a fresh one)");
  withSettings(verb, REMOTE);
}
