// `hongbao claim --dry-run`: what a claim would be answered now, condition by condition.
import type { DryRunInput } from "../contract/index.ts";
import { instantText, moneyText, sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

/** Exits with 0 where the claim would be granted, else with 1. */
export function dryRun(call: VerbCall, campaign: string, input: DryRunInput): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.dryrun.claim({ campaign, ...input });
    const { would, conditions, minAmountMinor, maxAmountMinor, currency } = answer;
    if (would === undefined || conditions === undefined) return sayAnswer(call, answer);
    const isGranted = would === "granted";
    if (call.json) {
      call.terminal.json(answer);
      return isGranted ? EXIT.ok : EXIT.failed;
    }
    const { terminal } = call;
    terminal.say(`would be ${terminal.paint(isGranted ? "good" : "bad", would)}; nothing happened`);
    const range =
      minAmountMinor === maxAmountMinor ? "" : ` to ${moneyText(maxAmountMinor, currency)}`;
    terminal.facts([["  amount", moneyText(minAmountMinor, currency) + range]]);
    terminal.say("");
    terminal.table(
      [{ title: "" }, { title: "asked" }, { title: "of" }, { title: "answer" }],
      conditions.map(({ kind, name, holds, reason, retryAtMs }) => [
        holds ? "yes" : "no",
        kind,
        name,
        wordsOf(name, reason) +
          (retryAtMs === undefined ? "" : `; again from ${instantText(retryAtMs)}`),
      ]),
    );
    return isGranted ? EXIT.ok : EXIT.failed;
  });
}

/** A condition's reason begins with its text, which stands beside it. */
function wordsOf(name: string, reason: string): string {
  return reason.startsWith(name) ? reason.slice(name.length).replace(/^:? /, "") : reason;
}
