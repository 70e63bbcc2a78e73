// Suspicion against one grant, from a request to the journal.
import { utf8 } from "../base/bytes.ts";
import { LIMITS } from "../base/limits.ts";
import type {
  ReceiptInput,
  SuspicionAnswer,
  SuspicionInput,
} from "../contract/schema/suspicion.ts";
import { type Command, emptyCommand } from "../core/command.ts";
import {
  decideClawBack,
  decideHold,
  decideReceive,
  decideRelease,
} from "../core/decide-suspicion.ts";
import type { EventWriter } from "../core/event.ts";
import type { Note } from "../core/note.ts";
import type { Outcome } from "../core/outcome.ts";
import { answerBase } from "./answers.ts";
import { checkedText } from "./checked-input.ts";
import type { Engine } from "./engine.ts";
import { LANE } from "./job.ts";
import { describeLine } from "./money-job.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import type { CampaignNames } from "./request.ts";

export type SuspicionStep = "hold" | "release" | "clawback" | "repay";

const DECIDE = {
  hold: decideHold,
  release: decideRelease,
  clawback: decideClawBack,
  repay: decideReceive,
} as const;

const COMMAND: Command = emptyCommand();

interface SuspicionCall {
  params: { campaign: string; grant: string };
  body: SuspicionInput | ReceiptInput;
  by?: string;
}

type SuspicionHandler = (
  engine: Engine,
  call: SuspicionCall,
  timeoutMs: number | undefined,
) => Promise<SuspicionAnswer>;

function suspecting(step: SuspicionStep): SuspicionHandler {
  return (engine, { params, body, by = "embedded" }, timeoutMs) =>
    suspectGrant(engine, step, params.campaign, params.grant, body, by, timeoutMs);
}

export const SUSPICION_HANDLERS: Readonly<Record<`grant.${SuspicionStep}`, SuspicionHandler>> = {
  "grant.hold": suspecting("hold"),
  "grant.release": suspecting("release"),
  "grant.clawback": suspecting("clawback"),
  "grant.repay": suspecting("repay"),
};

/** @param by who asks: the public id of a key, or what an embedding caller says */
export function suspectGrant(
  engine: Engine,
  step: SuspicionStep,
  campaign: string,
  grant: string,
  input: SuspicionInput | ReceiptInput,
  by: string,
  timeoutMs?: number,
): Promise<SuspicionAnswer> {
  return engine.single<SuspicionAnswer>(
    LANE.redemption,
    (atMs, out) => {
      const open = engine.find(campaign);
      if (open === undefined) return { ...answerBase("unknown_campaign", atMs), grant };
      return decideStep(open, step, grant, input, by, atMs, out);
    },
    () => describeLine(`grant.${step}`, campaign, [grant, input]),
    timeoutMs,
  );
}

/** One step against one grant, decided now. */
export function decideStep(
  { state, names }: OpenCampaign,
  step: SuspicionStep,
  grant: string,
  input: SuspicionInput | ReceiptInput,
  by: string,
  atMs: number,
  out: EventWriter,
): SuspicionAnswer {
  names.fillCancel(COMMAND, { id: input.id, grant });
  COMMAND.amountMinor = "amountMinor" in input ? input.amountMinor : 0;
  const decided = DECIDE[step](state, COMMAND, noteOf(input, by), atMs, out);
  return suspicionAnswer(names, grant, decided, atMs);
}

export function noteOf(
  { why, evidence = "" }: Pick<SuspicionInput, "why" | "evidence">,
  by: string,
): Note {
  checkedText("by", by, LIMITS.idBytes);
  return { by: utf8(by), why: utf8(why), evidence: utf8(evidence) };
}

function suspicionAnswer(
  { definition }: CampaignNames,
  grant: string,
  outcome: Outcome,
  atMs: number,
): SuspicionAnswer {
  const { status, replayed } = outcome;
  const answer: SuspicionAnswer = { ...answerBase(status, atMs, replayed), grant };
  const { currency } = definition;
  switch (status) {
    case "released":
      answer.expiresAtMs = outcome.expiresAtMs;
      break;
    case "clawed_back":
      answer.currency = currency;
      answer.returnedMinor = outcome.amountMinor;
      answer.owedMinor = outcome.owedMinor;
      break;
    case "received":
      answer.currency = currency;
      answer.receivedMinor = outcome.amountMinor;
      answer.owedMinor = outcome.owedMinor;
      break;
    case "more_than_owed":
      answer.currency = currency;
      answer.owedMinor = outcome.owedMinor;
      break;
    default:
  }
  return answer;
}
