// `hongbao hold|release|clawback|repay|cover|uncover GRANT`: suspicion against one grant, and
// payments that it can no longer cover, on a server.

import { contractError } from "../contract/errors.ts";
import { readInstant, type SuspicionAnswer } from "../contract/index.ts";
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

export function cover(call: VerbCall): Promise<ExitCode> {
  return moving(call, "c", async (server, campaign, id) => {
    const { args, flags } = call;
    const [grant, amount] = args as [string, string];
    const { amountMinor = 0 } = await amountOf(server, campaign, grant, amount);
    const paidAtMs = readInstant(String(flags.paidAt));
    if (paidAtMs === null) {
      const expected = "an instant with its zone such as 2026-02-06T12:00:00+08:00";
      throw contractError("invalid_usage", `--paid-at: expected ${expected}`);
    }
    const merchant = flags.merchant === undefined ? {} : { merchant: String(flags.merchant) };
    const separate = flags.separate === true ? ({ separate: true } as const) : {};
    const payment = { ...separate, amountMinor, paidAtMs, ...merchant, ...reasonOf(call) };
    const answer = await server.grant.cover({ campaign, grant, id, ...payment });
    return sayAnswer(call, answer, factsOf(answer, id));
  });
}

/** Takes back what `cover` booked by mistake. */
export function uncover(call: VerbCall): Promise<ExitCode> {
  return moving(call, "u", async (server, campaign, id) => {
    const [grant, cover] = call.args as [string, string];
    const answer = await server.grant.uncover({ campaign, grant, id, cover, ...reasonOf(call) });
    return sayAnswer(call, answer, factsOf(answer, id));
  });
}

export function reasonOf({ flags }: VerbCall): { why: string; evidence?: string } {
  const why = String(flags.why);
  return flags.evidence === undefined ? { why } : { why, evidence: String(flags.evidence) };
}

function factsOf(answer: SuspicionAnswer, id: string): Facts {
  const { currency, returnedMinor, receivedMinor, owedMinor } = answer;
  const { coveredMinor, lostMinor, mostMinor, redemption, redeemedMinor } = answer;
  const money = (minor: number | undefined): string | undefined =>
    minor === undefined ? undefined : moneyText(minor, currency);
  return [
    ["expires", expiryText(answer.expiresAtMs, answer.atMs)],
    ["returned", money(returnedMinor)],
    ["received", money(receivedMinor)],
    ["owing", money(owedMinor)],
    ["of contingency", money(coveredMinor)],
    ["loss", money(lostMinor)],
    ["at most", money(mostMinor)],
    ["redemption", redemption === undefined ? undefined : `number ${redemption} in the events`],
    ["redeemed", money(redeemedMinor)],
    ["id", id],
  ];
}
