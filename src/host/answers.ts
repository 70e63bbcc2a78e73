// From an outcome of the core to the answer that a caller gets: names for ordinals, ids for grants,
// and only the fields that the status has.

import type { AnswerBase } from "../contract/schema/answer-base.ts";
import type {
  CancelAnswer,
  ClaimAnswer,
  RedeemAnswer,
  ReverseAnswer,
} from "../contract/schema/answers.ts";
import type { Outcome, Status } from "../core/outcome.ts";
import type { CampaignNames } from "./writer/request.ts";

/** What every answer starts from; the sequence is filled in when its record is durable. */
export function answerBase(status: Status, atMs: number, replayed = false): AnswerBase {
  return { status, replayed, atMs, sequence: 0, durable: true };
}

/** @param reason why the user is not eligible, where he is not */
export function claimAnswer(
  names: CampaignNames,
  offer: string,
  outcome: Outcome,
  atMs: number,
  reason: string | null,
): ClaimAnswer {
  const { status, replayed } = outcome;
  const { currency, assignment, rehearsal } = names.definition;
  if (status === "granted") {
    const answer: ClaimAnswer = {
      status,
      replayed,
      offer,
      grant: names.grantIds.encode(outcome.grant),
      amountMinor: outcome.amountMinor,
      currency,
      expiresAtMs: outcome.expiresAtMs,
      atMs,
      sequence: 0,
      durable: true,
    };
    if (!assignment.masked) answer.arm = names.armName(outcome.arm);
    if (rehearsal === true) answer.rehearsal = true;
    return answer;
  }
  const answer: ClaimAnswer = { ...answerBase(status, atMs, replayed), offer };
  if (status === "held_out") answer.arm = names.armName(0);
  if (status === "not_eligible" && reason !== null) answer.reason = reason;
  addRefusal(names, answer, outcome);
  return answer;
}

export function redeemAnswer(
  names: CampaignNames,
  grant: string,
  outcome: Outcome,
  atMs: number,
): RedeemAnswer {
  const answer: RedeemAnswer = { ...answerBase(outcome.status, atMs, outcome.replayed), grant };
  if (outcome.status === "redeemed") {
    answer.redeemedMinor = outcome.amountMinor;
    answer.restMinor = outcome.restMinor;
    answer.currency = names.definition.currency;
  }
  if (outcome.status === "amount_too_large" || outcome.status === "budget_spent") {
    const key = outcome.status === "budget_spent" ? "leftMinor" : "restMinor";
    answer[key] = outcome.restMinor;
    answer.currency = names.definition.currency;
  }
  addRefusal(names, answer, outcome);
  return answer;
}

export function cancelAnswer(
  names: CampaignNames,
  grant: string,
  outcome: Outcome,
  atMs: number,
): CancelAnswer {
  const answer: CancelAnswer = { ...answerBase(outcome.status, atMs, outcome.replayed), grant };
  if (outcome.status !== "cancelled") return answer;
  answer.returnedMinor = outcome.amountMinor;
  answer.currency = names.definition.currency;
  return answer;
}

export function reverseAnswer(
  names: CampaignNames,
  redemption: string,
  outcome: Outcome,
  atMs: number,
): ReverseAnswer {
  const base = answerBase(outcome.status, atMs, outcome.replayed);
  const answer: ReverseAnswer = { ...base, redemption };
  if (outcome.grant >= 0) answer.grant = names.grantIds.encode(outcome.grant);
  if (outcome.status !== "reversed") return answer;
  answer.reversedMinor = outcome.amountMinor;
  answer.currency = names.definition.currency;
  answer.redeemableAgain = outcome.redeemableAgain;
  return answer;
}

interface Refusal {
  cap?: string;
  retryAtMs?: number;
  missing?: string;
}

/** Which cap or attribute refused, and until when. */
export function addRefusal(names: CampaignNames, answer: Refusal, outcome: Outcome): void {
  const { caps, attributes } = names.definition;
  if (outcome.cap >= 0) answer.cap = caps[outcome.cap]!.id;
  if (outcome.attribute >= 0) answer.missing = attributes[outcome.attribute]!;
  if (outcome.retryAtMs > 0) answer.retryAtMs = outcome.retryAtMs;
}
