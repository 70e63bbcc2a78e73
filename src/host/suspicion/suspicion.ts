// Suspicion against one grant, from a request to the journal.
import { utf8 } from "../../base/bytes.ts";
import { LIMITS } from "../../base/limits.ts";
import type {
  CoverInput,
  ExtensionInput,
  ReceiptInput,
  SuspicionAnswer,
  SuspicionInput,
  UncoverInput,
} from "../../contract/schema/suspicion.ts";
import { type Command, emptyCommand } from "../../core/command.ts";
import { EventWriter } from "../../core/event.ts";
import { decideCover } from "../../core/money/cover.ts";
import { decideUncover } from "../../core/money/decide-uncover.ts";
import type { Note } from "../../core/note.ts";
import type { Outcome } from "../../core/outcome.ts";
import { decideExtend } from "../../core/suspicion/decide-extend.ts";
import {
  decideClawBack,
  decideHold,
  decideReceive,
  decideRelease,
} from "../../core/suspicion/decide-suspicion.ts";
import { answerBase } from "../answers.ts";
import { checkedAmount, checkedInstant, checkedText } from "../checked-input.ts";
import type { Engine } from "../engine.ts";
import type { OpenCampaign } from "../open-campaigns.ts";
import { inCampaign } from "../writer/in-campaign.ts";
import { LANE } from "../writer/job.ts";
import type { CampaignNames } from "../writer/request.ts";

export type SuspicionStep =
  | "hold"
  | "release"
  | "extend"
  | "clawback"
  | "repay"
  | "cover"
  | "uncover";

type StepInput = SuspicionInput | ReceiptInput | CoverInput | UncoverInput | ExtensionInput;

const DECIDE = {
  hold: decideHold,
  release: decideRelease,
  extend: decideExtend,
  clawback: decideClawBack,
  repay: decideReceive,
  cover: decideCover,
  uncover: decideUncover,
} as const;

const COMMAND: Command = emptyCommand();

interface SuspicionCall {
  params: { campaign: string; grant: string };
  body: StepInput;
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
  "grant.extend": suspecting("extend"),
  "grant.clawback": suspecting("clawback"),
  "grant.repay": suspecting("repay"),
  "grant.cover": suspecting("cover"),
  "grant.uncover": suspecting("uncover"),
};

/** @param by who asks: the public id of a key, or what an embedding caller says */
export function suspectGrant(
  engine: Engine,
  step: SuspicionStep,
  campaign: string,
  grant: string,
  input: StepInput,
  by: string,
  timeoutMs?: number,
): Promise<SuspicionAnswer> {
  return inCampaign(
    engine,
    LANE.redemption,
    [`grant.${step}`, campaign, [grant, input]],
    { grant },
    (open, atMs, out) => decideStep(open, step, grant, input, by, atMs, out),
    timeoutMs,
  );
}

/** One step against one grant, decided now. */
export function decideStep(
  { state, names }: OpenCampaign,
  step: SuspicionStep,
  grant: string,
  input: StepInput,
  by: string,
  atMs: number,
  out: EventWriter,
): SuspicionAnswer {
  names.fillCancel(COMMAND, { id: input.id, grant });
  if ("amountMinor" in input) {
    COMMAND.amountMinor = checkedAmount("amountMinor", input.amountMinor);
  }
  if ("cover" in input) names.pseudonyms.setRedemption(COMMAND, input.cover);
  if ("paidAtMs" in input) {
    const { merchant, paidAtMs } = input;
    COMMAND.paidAtMs = checkedInstant("paidAtMs", paidAtMs);
    COMMAND.separate = input.separate === true;
    names.pseudonyms.setAttributes(COMMAND, merchant === undefined ? {} : { merchant });
  }
  if ("expiresAtMs" in input) {
    COMMAND.paidAtMs = checkedInstant("expiresAtMs", input.expiresAtMs);
  }
  const isPreview = "preview" in input && input.preview === true;
  // What a preview decides is written where nobody applies it.
  const place = isPreview ? aside(atMs) : out;
  const decided = DECIDE[step](state, COMMAND, noteOf(input, by), atMs, place);
  const answer = suspicionAnswer(names, grant, decided, atMs);
  return isPreview ? { ...answer, preview: true } : answer;
}

function aside(atMs: number): EventWriter {
  const place = new EventWriter(256);
  place.reset(atMs);
  return place;
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
    case "extended":
      answer.expiresAtMs = outcome.expiresAtMs;
      answer.beforeMs = outcome.beforeMs;
      break;
    case "not_later":
      answer.expiresAtMs = outcome.expiresAtMs;
      break;
    case "after_close":
      answer.expiresAtMs = outcome.expiresAtMs;
      answer.latestMs = definition.closesAtMs;
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
    case "covered":
    case "lost":
    case "reversed":
      answer.currency = currency;
      answer.coveredMinor = outcome.amountMinor;
      if (outcome.lostMinor > 0) answer.lostMinor = outcome.lostMinor;
      break;
    case "already_recorded":
      answer.currency = currency;
      answer.redemption = outcome.redemption;
      answer.redeemedMinor = outcome.amountMinor;
      break;
    case "amount_too_large":
      answer.currency = currency;
      answer.mostMinor = outcome.restMinor;
      break;
    case "more_than_owed":
      answer.currency = currency;
      answer.owedMinor = outcome.owedMinor;
      break;
    default:
  }
  return answer;
}
