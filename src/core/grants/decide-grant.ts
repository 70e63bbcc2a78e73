// Decisions on a grant that exists: redeem (whole or in part), cancel, reverse a redemption.

import { chargesOf, countBits, writeAttributes } from "../caps/charge.ts";
import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { CANCELLED, EVENT_KINDS, type EventWriter, REDEEMED, REVERSED } from "../event.ts";
import { returnPacket } from "../luck/packets.ts";
import { spendableFor, spendableMinor } from "../money/exposure.ts";
import { LATE, lateFlags, settlesAtMs } from "../money/late-payment.ts";
import { countReturns, refundOfGrant, refundOfRedemption } from "../money/refund.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { GRANT, ID_USE } from "../state-words.ts";
import { PRINT_OF, sameUse } from "../tables/bound-id.ts";
import { CellList } from "../tables/cells.ts";

const PRINT = new Uint32Array(2);
const CELLS = new CellList();

/** Decides a redemption: `amountMinor` of the grant, or all that is left when it is 0. */
export function decideRedeem(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.redeem, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfRedemption(campaign, bound);
  if (command.notAfterMs > 0 && atMs > command.notAfterMs) return outcome("stale");
  const { grant } = command;
  const refusal = refusalOfGrant(campaign, grant, atMs);
  const isOver = refusal?.status === "expired";
  const late = isOver ? lateFlags(campaign, grant, command.paidAtMs, atMs) : 0;
  if (refusal !== null && late === 0) return refusal;
  const settles = (late & LATE.settling) !== 0;
  const matureAtMs = maturesAtMs(campaign, grant);
  if (atMs < matureAtMs) {
    const answer = about(campaign, "immature", grant);
    answer.retryAtMs = matureAtMs;
    return answer;
  }
  const restMinor = settles ? campaign.unspentMinor(grant) : campaign.restMinor(grant);
  const amountMinor = command.amountMinor === 0 ? restMinor : command.amountMinor;
  // Written so that NaN refuses.
  if (!(amountMinor <= restMinor)) {
    const answer = about(campaign, "amount_too_large", grant);
    answer.restMinor = restMinor;
    return answer;
  }
  const offer = campaign.grantOffer(grant);
  command.offer = offer;
  const set = (late === 0 ? campaign.redemptionCaps : campaign.lateCaps)[offer]!;
  const user = campaign.grantUser.get(grant);
  const refused = chargesOf(campaign, set, command, user, amountMinor, atMs, CELLS);
  if (refused !== null) {
    refused.grant = grant;
    return refused;
  }
  // After the caps, as the budget is at a claim. Written so that NaN refuses.
  const leftMinor = settles ? spendableMinor(campaign) : spendableFor(campaign, offer);
  if (!(amountMinor <= leftMinor)) {
    const answer = about(campaign, "budget_spent", grant);
    answer.restMinor = leftMinor;
    return answer;
  }
  // Last, so that a rehearsal shows every other refusal.
  if (campaign.definition.rehearsal === true) return about(campaign, "rehearsal", grant);
  const bits = command.attributes | set.shared;
  const attributes = countBits(bits);
  const size = REDEEMED.tail + 6 * attributes + 2 * CELLS.length + (settles ? 2 : 0);
  const at = out.begin(EVENT_KINDS.redeemed, campaign.ordinal, atMs, size, late);
  const { words } = out;
  words[at + REDEEMED.grant] = grant;
  words[at + REDEEMED.redemption] = campaign.redemptionCount;
  writeId(command, out, at + REDEEMED.id);
  out.wide(at + REDEEMED.amount, amountMinor);
  out.wide(at + REDEEMED.rest, restMinor - amountMinor);
  out.wide(at + REDEEMED.paidAt, command.paidAtMs);
  words[at + REDEEMED.counts] = attributes | (CELLS.length << 8) | (campaign.version << 16);
  writeAttributes(campaign, command, bits, set.counted, CELLS.rows, out, at + REDEEMED.tail);
  CELLS.write(out, at + REDEEMED.tail + 6 * attributes);
  if (settles) out.wide(at + size - 2, settlesAtMs(campaign, grant));
  const answer = about(campaign, "redeemed", grant);
  answer.amountMinor = amountMinor;
  answer.restMinor = restMinor - amountMinor;
  return answer;
}

/** Decides a cancellation: what is not spent goes back. */
export function decideCancel(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.cancel, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfCancellation(campaign, bound);
  const { grant } = command;
  const refusal = refusalOfGrant(campaign, grant, atMs);
  if (refusal !== null) return refusal;
  const amountMinor = campaign.restMinor(grant);
  const counts = countReturns(campaign, grant, campaign.grantSpent.get(grant));
  CELLS.clear();
  refundOfGrant(campaign, grant, { money: true, counts }, atMs, CELLS);
  const size = CANCELLED.tail + 2 * CELLS.length;
  const at = out.begin(EVENT_KINDS.cancelled, campaign.ordinal, atMs, size);
  out.words[at + CANCELLED.grant] = grant;
  out.words[at + CANCELLED.counts] = CELLS.length;
  writeId(command, out, at + CANCELLED.id);
  out.wide(at + CANCELLED.amount, amountMinor);
  CELLS.write(out, at + CANCELLED.tail);
  returnPacket(campaign, grant, atMs, out);
  const answer = about(campaign, "cancelled", grant);
  answer.amountMinor = amountMinor;
  return answer;
}

/**
 * Decides the reversal of a whole redemption, named by its id. Before expiry the money is
 * redeemable again; afterwards it returns to the budget and is not granted again.
 */
export function decideReverse(
  campaign: CampaignState,
  command: Command,
  atMs: number,
  out: EventWriter,
): Outcome {
  fingerprint(PRINT_OF.reverse, command, PRINT);
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) return replayOfReversal(campaign, bound);
  const named = campaign.ids.find(command.keys, USER_AT);
  if (named < 0 || campaign.idUse.get(named) !== ID_USE.redeemed) {
    return outcome("unknown_redemption");
  }
  const redemption = campaign.idTarget.get(named);
  const grant = campaign.redemptionGrant.get(redemption);
  if (campaign.redemptionReversed.get(redemption) === 1) {
    return about(campaign, "already_reversed", grant);
  }
  const amountMinor = campaign.redemptionAmount.get(redemption);
  const state = campaign.grantState.get(grant);
  const whole = state === GRANT.live || state === GRANT.redeemed || state === GRANT.held;
  const again = whole && atMs < campaign.expiresAtMs(grant) && campaign.phase !== "closed";
  // Nothing of a redeemed grant is left to sweep, so its reversal after expiry is its end.
  const ends = !again && state === GRANT.redeemed;
  CELLS.clear();
  // What was paid while it settled, the claim's caps had back at the expiry.
  if (!again && (campaign.late.redemption.get(redemption) & LATE.settling) === 0) {
    const spentMinor = campaign.grantSpent.get(grant) - amountMinor;
    const over = ends || !whole;
    const counts = over && countReturns(campaign, grant, spentMinor);
    refundOfGrant(campaign, grant, { money: true, counts }, atMs, CELLS);
  }
  refundOfRedemption(campaign, redemption, atMs, CELLS);
  const size = REVERSED.tail + 2 * CELLS.length;
  const flags = (again ? 1 : 0) | (ends ? 2 : 0);
  const at = out.begin(EVENT_KINDS.reversed, campaign.ordinal, atMs, size, flags);
  out.words[at + REVERSED.grant] = grant;
  out.words[at + REVERSED.redemption] = redemption;
  writeId(command, out, at + REVERSED.id);
  out.wide(at + REVERSED.amount, amountMinor);
  out.words[at + REVERSED.counts] = CELLS.length;
  CELLS.write(out, at + REVERSED.tail);
  const answer = about(campaign, "reversed", grant);
  answer.amountMinor = amountMinor;
  answer.redeemableAgain = again;
  return answer;
}

/** From when on a grant can be redeemed: a revision of its offer may have shortened it. */
function maturesAtMs(campaign: CampaignState, grant: number): number {
  const { maturesMs = 0 } = campaign.definition.offers[campaign.grantOffer(grant)]!;
  return maturesMs === 0 ? 0 : campaign.grantedAtMs(grant) + maturesMs;
}

/** Why a grant cannot be redeemed, cancelled or held, or null. Its state comes before its time. */
export function refusalOfGrant(
  campaign: CampaignState,
  grant: number,
  atMs: number,
): Outcome | null {
  if (grant < 0 || grant >= campaign.grantCount) return outcome("unknown_grant");
  if (campaign.phase === "closed") return about(campaign, "campaign_closed", grant);
  const state = campaign.grantState.get(grant);
  if (state === GRANT.redeemed) return about(campaign, "already_redeemed", grant);
  if (state === GRANT.cancelled) return about(campaign, "already_cancelled", grant);
  if (state === GRANT.clawedBack) return about(campaign, "already_clawed_back", grant);
  if (state === GRANT.held && atMs < campaign.expiresAtMs(grant)) {
    return about(campaign, "held", grant);
  }
  if (state === GRANT.expired || atMs >= campaign.expiresAtMs(grant)) {
    return about(campaign, "expired", grant);
  }
  return null;
}

export function about(campaign: CampaignState, status: Outcome["status"], grant: number): Outcome {
  const answer = outcome(status);
  answer.grant = grant;
  answer.offer = campaign.grantOffer(grant);
  answer.expiresAtMs = campaign.expiresAtMs(grant);
  return answer;
}

function writeId(command: Command, out: EventWriter, at: number): void {
  out.key(at, command.keys, ID_AT);
  out.words[at + 4] = PRINT[0]!;
  out.words[at + 5] = PRINT[1]!;
}

function replayOfRedemption(campaign: CampaignState, bound: number): Outcome {
  if (!sameUse(campaign, bound, PRINT, ID_USE.redeemed)) return outcome("id_conflict");
  const redemption = campaign.idTarget.get(bound);
  const answer = about(campaign, "redeemed", campaign.redemptionGrant.get(redemption));
  answer.replayed = true;
  answer.amountMinor = campaign.redemptionAmount.get(redemption);
  answer.restMinor = campaign.redemptionRest.get(redemption);
  return answer;
}

function replayOfCancellation(campaign: CampaignState, bound: number): Outcome {
  if (!sameUse(campaign, bound, PRINT, ID_USE.cancelled)) return outcome("id_conflict");
  const grant = campaign.idTarget.get(bound);
  const answer = about(campaign, "cancelled", grant);
  answer.replayed = true;
  // A later reversal moves money from spent to returned; the sum, and so this answer, stays.
  answer.amountMinor = campaign.unspentMinor(grant);
  return answer;
}

function replayOfReversal(campaign: CampaignState, bound: number): Outcome {
  if (!sameUse(campaign, bound, PRINT, ID_USE.reversedAgain, ID_USE.reversedBack)) {
    return outcome("id_conflict");
  }
  const redemption = campaign.idTarget.get(bound);
  const answer = about(campaign, "reversed", campaign.redemptionGrant.get(redemption));
  answer.replayed = true;
  answer.amountMinor = campaign.redemptionAmount.get(redemption);
  answer.redeemableAgain = campaign.idUse.get(bound) === ID_USE.reversedAgain;
  return answer;
}
