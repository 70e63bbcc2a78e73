// Judges what becomes of a grant: redeemed, cancelled, expired, reversed. State, instant, amount
// and every cell that gets something back are worked out from the books before they are moved.
import {
  CANCELLED as CANCELLED_AT,
  EXPIRED as EXPIRED_AT,
  REDEEMED as REDEEMED_AT,
  REVERSED as REVERSED_AT,
  readWide,
} from "../../core/event.ts";
import {
  CANCELLED,
  EXPIRED,
  HELD,
  LIVE,
  REDEEMED,
  STATE_NAMES,
  type VerifiedCampaign,
  type VerifiedEvent,
} from "./campaign.ts";
import { chargeCells, compareCells, refundCells } from "./caps.ts";
import {
  ATTRIBUTES,
  addGrantRefund,
  addRedemptionRefund,
  CELLS,
  cellsToCharge,
  countsReturn,
  keepRows,
  readAttributes,
} from "./cells.ts";
import { moveSecured } from "./exposure.ts";
import type { Findings } from "./findings.ts";
import { checkLate, hasNoWindow, TOLD_LATE, takeSettling, WAS_SETTLING } from "./late.ts";
import { paceOf } from "./pacing.ts";
import { potOfWhole } from "./packets.ts";
import { forgiveReversal } from "./suspicion.ts";

/** Freed money is gathered by the minute. */
const SETTLING_STEP_MS = 60_000;

/** Whether the event names a grant that exists. */
function isGrant(campaign: VerifiedCampaign, grant: number, findings: Findings): boolean {
  const { granted } = campaign.counts;
  if (grant < granted) return true;
  findings.wrong("transitions", `one of ${granted} grants`, `grant ${grant}`);
  return false;
}

/** A redemption or cancellation needs a live grant before its expiry, and a campaign not closed. */
function checkUsable(
  campaign: VerifiedCampaign,
  grant: number,
  atMs: number,
  findings: Findings,
  flags = 0,
): void {
  findings.counts.transitions += 1;
  if (campaign.phase === "closed") findings.wrong("transitions", "a campaign not closed", "closed");
  const state = campaign.grantState.get(grant);
  const wanted = (flags & WAS_SETTLING) !== 0 ? EXPIRED : LIVE;
  if (state !== wanted) {
    const expected = `a grant that is ${STATE_NAMES[wanted]}`;
    findings.wrong("transitions", expected, `a ${STATE_NAMES[state]} one`);
  }
  if ((flags & TOLD_LATE) !== 0) return;
  const expiresAtMs = campaign.expiresAtMs(grant);
  if (atMs < expiresAtMs) return;
  findings.wrong("transitions", `an instant before the expiry at ${expiresAtMs}`, `${atMs}`);
}

export function judgeRedeemed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const grant = words[at + REDEEMED_AT.grant]!;
  if (!isGrant(campaign, grant, findings)) return;
  campaign.bindId(words, at + REDEEMED_AT.id, findings);
  const isLate = (event.flags & TOLD_LATE) !== 0;
  const settles = (event.flags & WAS_SETTLING) !== 0;
  checkUsable(campaign, grant, atMs, findings, event.flags);
  if (isLate) checkLate(campaign, event, grant, findings);
  const { maturesMs = 0 } = campaign.definition.offers[campaign.grantOffer.get(grant)]!;
  const matureAtMs = campaign.grantAtMs.get(grant) + maturesMs;
  if (campaign.definition.rehearsal === true) {
    findings.wrong("rehearsals", "no redemption in a rehearsal", `one of grant ${grant}`);
  }
  if (atMs < matureAtMs) findings.wrong("transitions", `an instant from ${matureAtMs}`, `${atMs}`);
  const redemption = campaign.redemptions;
  const stated = words[at + REDEEMED_AT.redemption]!;
  findings.same("transitions", "redemption", redemption, stated);
  const amountMinor = readWide(words, at + REDEEMED_AT.amount);
  const rests = settles ? campaign.late.settlingMinor : campaign.grantRest;
  const restBefore = rests.get(grant);
  if (!(amountMinor <= restBefore) || (amountMinor === 0 && restBefore > 0)) {
    findings.wrong("transitions", `an amount of 1 to ${restBefore}, the rest`, `${amountMinor}`);
  }
  const restMinor = restBefore - amountMinor;
  const statedRest = readWide(words, at + REDEEMED_AT.rest);
  findings.same("transitions", "a rest of", restMinor, statedRest);
  const offer = campaign.grantOffer.get(grant);
  const caps = campaign.redemptionCaps[offer]!.filter((cap) => !isLate || hasNoWindow(cap));
  const counts = words[at + REDEEMED_AT.counts]!;
  const tail = at + REDEEMED_AT.tail;
  const attributes = counts & 0xff;
  // With whom money was spent is kept even where no cap counts by it.
  const merchant = campaign.definition.attributes.indexOf("merchant");
  readAttributes(campaign, event, tail, attributes, caps, merchant, ATTRIBUTES, findings);
  const user = campaign.grantUser.get(grant);
  const missing = cellsToCharge(campaign, caps, offer, user, ATTRIBUTES, atMs, CELLS);
  if (missing >= 0) {
    const name = campaign.definition.attributes[missing];
    findings.wrong("charges", `attribute ${name}, without which it is refused`, "none");
  }
  findings.same("charges", "version", campaign.capCounts.length - 1, (counts >>> 16) & 0xff);
  const cellCount = (counts >>> 8) & 0xff;
  compareCells("charges", CELLS, words, tail + 6 * attributes, cellCount, campaign.caps, findings);
  chargeCells(CELLS, amountMinor, findings);
  keepRows(campaign.redemptionValue, redemption, CELLS);
  const value = ATTRIBUTES.given[merchant] === true ? ATTRIBUTES.rows[merchant]! : -1;
  campaign.merchants.redeemed(redemption, value, amountMinor);
  if (isLate) campaign.late.redemptions.set(redemption, event.flags);
  if (settles) takeSettling(campaign, event, grant, amountMinor, findings);
  campaign.redemptions = redemption + 1;
  campaign.redemptionGrant.set(redemption, grant);
  campaign.redemptionAmount.set(redemption, amountMinor);
  campaign.redemptionAtMs.set(redemption, atMs);
  campaign.redemptionVersion.set(redemption, campaign.capCounts.length - 1);
  campaign.grantSpent.add(grant, amountMinor);
  if (!settles) {
    campaign.grantRest.set(grant, restMinor);
    if (restMinor <= 0) campaign.grantState.set(grant, REDEEMED);
    campaign.money.reservedMinor -= amountMinor;
    moveSecured(campaign, grant, -amountMinor);
  }
  campaign.money.spentMinor += amountMinor;
  campaign.counts.redeemed += 1;
}

export function judgeCancelled(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const grant = words[at + CANCELLED_AT.grant]!;
  if (!isGrant(campaign, grant, findings)) return;
  campaign.bindId(words, at + CANCELLED_AT.id, findings);
  checkUsable(campaign, grant, atMs, findings);
  const cellCount = words[at + CANCELLED_AT.counts]!;
  const amountMinor = readWide(words, at + CANCELLED_AT.amount);
  if (potOfWhole(campaign, grant) !== null) campaign.packetDue = grant;
  giveBackRest(campaign, event, grant, amountMinor, at + CANCELLED_AT.tail, cellCount, findings);
  campaign.grantState.set(grant, CANCELLED);
  paceOf(campaign, campaign.grantOffer.get(grant))?.giveBack(amountMinor, atMs);
  campaign.money.cancelledMinor += amountMinor;
  moveSecured(campaign, grant, -amountMinor);
  campaign.counts.cancelled += 1;
}

export function judgeExpired(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const grant = words[at + EXPIRED_AT.grant]!;
  if (!isGrant(campaign, grant, findings)) return;
  findings.counts.transitions += 1;
  if (campaign.phase === "closed") findings.wrong("transitions", "a campaign not closed", "closed");
  const state = campaign.grantState.get(grant);
  // A hold ends with the campaign's close.
  if (state !== LIVE && state !== HELD) {
    findings.wrong("transitions", "a live or held grant", `a ${STATE_NAMES[state]} one`);
  }
  const expiresAtMs = campaign.expiresAtMs(grant);
  if (atMs < expiresAtMs) {
    findings.wrong("transitions", `an instant from the expiry at ${expiresAtMs} on`, `${atMs}`);
  }
  const cellCount = words[at + EXPIRED_AT.counts]!;
  const amountMinor = readWide(words, at + EXPIRED_AT.amount);
  const pot = potOfWhole(campaign, grant);
  giveBackRest(campaign, event, grant, amountMinor, at + EXPIRED_AT.tail, cellCount, findings);
  campaign.grantState.set(grant, EXPIRED);
  campaign.money.settlingMinor += amountMinor;
  campaign.money.expiredMinor += amountMinor;
  campaign.counts.expired += 1;
  const lag = atMs + campaign.definition.settlingLagMs;
  const freeAtMs = Math.ceil(lag / SETTLING_STEP_MS) * SETTLING_STEP_MS;
  const stated = readWide(words, at + EXPIRED_AT.freeAt);
  findings.same("settlements", "free at", freeAtMs, stated);
  paceOf(campaign, campaign.grantOffer.get(grant))?.settle(amountMinor, freeAtMs);
  if (pot !== null) {
    pot.waiting.push(grant);
    pot.freeAtMs.set(grant, freeAtMs);
    return;
  }
  moveSecured(campaign, grant, -amountMinor);
  campaign.late.settlingMinor.set(grant, amountMinor);
  campaign.late.freeAtMs.set(grant, freeAtMs);
  const last = campaign.settling.at(-1);
  if (last?.freeAtMs === freeAtMs) last.amountMinor += amountMinor;
  else campaign.settling.push({ freeAtMs, amountMinor });
}

/** The whole rest leaves `reserved`, and the cells that it was charged to get it back. */
function giveBackRest(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  amountMinor: number,
  cellsAt: number,
  cellCount: number,
  findings: Findings,
): void {
  const rest = campaign.grantRest.get(grant);
  findings.same("refunds", "the grant's rest of", rest, amountMinor);
  CELLS.length = 0;
  addGrantRefund(campaign, grant, countsReturn(campaign, grant), event.atMs, CELLS);
  compareCells("refunds", CELLS, event.words, cellsAt, cellCount, campaign.caps, findings);
  refundCells(CELLS, amountMinor, findings);
  campaign.grantRest.set(grant, 0);
  campaign.money.reservedMinor -= amountMinor;
}

export function judgeReversed(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const redemption = words[at + REVERSED_AT.redemption]!;
  const stated = words[at + REVERSED_AT.grant]!;
  findings.counts.transitions += 1;
  if (redemption >= campaign.redemptions) {
    const expected = `one of ${campaign.redemptions} redemptions`;
    findings.wrong("transitions", expected, `redemption ${redemption}`);
    return;
  }
  campaign.bindId(words, at + REVERSED_AT.id, findings);
  const grant = campaign.redemptionGrant.get(redemption);
  findings.same("transitions", "the redemption's grant", grant, stated);
  if (campaign.redemptionReversed.get(redemption) === 1) {
    findings.wrong("transitions", "a redemption not reversed before", `${redemption} again`);
  }
  const amountMinor = readWide(words, at + REVERSED_AT.amount);
  const redeemed = campaign.redemptionAmount.get(redemption);
  findings.same("refunds", "the redemption's amount of", redeemed, amountMinor);
  const state = campaign.grantState.get(grant);
  const standing = state === LIVE || state === REDEEMED || state === HELD;
  const inTime = atMs < campaign.expiresAtMs(grant) && campaign.phase !== "closed";
  const again = standing && inTime;
  const ends = !again && state === REDEEMED;
  const flags = (again ? 1 : 0) | (ends ? 2 : 0);
  findings.same("transitions", "flags (1 redeemable again, 2 over)", flags, event.flags);
  campaign.redemptionReversed.set(redemption, 1);
  campaign.merchants.reversed(redemption, amountMinor, findings);
  campaign.grantSpent.add(grant, -amountMinor);
  CELLS.length = 0;
  if (again) {
    if (state === REDEEMED) campaign.grantState.set(grant, LIVE);
    campaign.grantRest.add(grant, amountMinor);
    campaign.money.reservedMinor += amountMinor;
    moveSecured(campaign, grant, amountMinor);
  } else {
    // The money caps of the claim get it back; count caps once, when the grant is over for good.
    const over = ends || !standing;
    // What was paid while it settled, they had back at the expiry.
    if ((campaign.late.redemptions.get(redemption) & WAS_SETTLING) === 0) {
      addGrantRefund(campaign, grant, over && countsReturn(campaign, grant), atMs, CELLS);
    }
    if (ends) campaign.grantState.set(grant, EXPIRED);
    campaign.money.returnedMinor += amountMinor;
  }
  forgiveReversal(campaign, grant, amountMinor);
  addRedemptionRefund(campaign, redemption, atMs, CELLS);
  const cellCount = words[at + REVERSED_AT.counts]!;
  const cellsAt = at + REVERSED_AT.tail;
  compareCells("refunds", CELLS, words, cellsAt, cellCount, campaign.caps, findings);
  refundCells(CELLS, amountMinor, findings);
  campaign.money.spentMinor -= amountMinor;
  campaign.money.reversedMinor += amountMinor;
  campaign.counts.reversed += 1;
}
