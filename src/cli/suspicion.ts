// `hongbao hold|release|clawback|repay GRANT`: suspicion against one grant, on a server.
import type { SuspicionAnswer } from "../contract/index.ts";
import { expiryText, type Facts, moneyText, sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { amountOf, moving } from "./money.ts";
import type { Verb, VerbCall } from "./verb.ts";

export type SuspicionVerb = "hold" | "release" | "clawback";

export function suspect(step: SuspicionVerb): Verb {
  return (call) =>
    moving(call, step[0]!, async (server, campaign, id) => {
      const grant = call.args[0]!;
      const answer = await server.grant[step]({ campaign, grant, id, ...reasonOf(call) });
      return sayAnswer(call, answer, factsOf(answer, id));
    });
}

export function repay(call: VerbCall): Promise<ExitCode> {
  return moving(call, "p", async (server, campaign, id) => {
    const [grant, amount] = call.args as [string, string];
    const { amountMinor = 0 } = await amountOf(server, campaign, grant, amount);
    const body = { campaign, grant, id, amountMinor, ...reasonOf(call) };
    const answer = await server.grant.repay(body);
    return sayAnswer(call, answer, factsOf(answer, id));
  });
}

function reasonOf({ flags }: VerbCall): { why: string; evidence?: string } {
  const why = String(flags.why);
  return flags.evidence === undefined ? { why } : { why, evidence: String(flags.evidence) };
}

function factsOf(answer: SuspicionAnswer, id: string): Facts {
  const { currency, returnedMinor, receivedMinor, owedMinor } = answer;
  const money = (minor: number | undefined): string | undefined =>
    minor === undefined ? undefined : moneyText(minor, currency);
  return [
    ["expires", expiryText(answer.expiresAtMs, answer.atMs)],
    ["returned", money(returnedMinor)],
    ["received", money(receivedMinor)],
    ["owing", money(owedMinor)],
    ["id", id],
  ];
}
