// How each event about users and grants adds to the state. No rule stands here: an event says what
// changes, this adds it.

import { assert } from "../../base/assert.ts";
import { applyExposes } from "../assignment/apply-exposure.ts";
import { countMadeGood } from "../compensation/compensations.ts";
import {
  CANCELLED,
  DRAWS,
  EXPIRED,
  GRANTED,
  PART,
  REDEEMED,
  RETURNED,
  REVERSED,
  readWide,
} from "../event.ts";
import { countDrawn } from "../luck/drawn-tables.ts";
import type { Pot } from "../luck/pot.ts";
import { isSecured } from "../money/exposure.ts";
import { dateRedemption } from "../money/late-books.ts";
import { LATE, SETTLING_MS, takeSettling } from "../money/late-payment.ts";
import { paceOf } from "../pacing/pace-event.ts";
import type { CampaignState } from "../state.ts";
import { GRANT, ID_USE, NOT_INTERNED } from "../state-words.ts";
import { addCells } from "../tables/cells.ts";
import type { WordColumn } from "../tables/columns.ts";

export function bindId(
  campaign: CampaignState,
  words: Uint32Array,
  idAt: number,
  use: number,
  target: number,
): void {
  const row = campaign.ids.count;
  campaign.ids.add(words, idAt);
  campaign.idUse.set(row, use);
  campaign.idTarget.set(row, target);
  campaign.idPrintA.set(row, words[idAt + 4]!);
  campaign.idPrintB.set(row, words[idAt + 5]!);
}

export function applyGranted(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const grant = words[at + GRANTED.grant]!;
  const offer = words[at + GRANTED.offer]! & 0xffff;
  const user = words[at + GRANTED.user]!;
  const amountMinor = readWide(words, at + GRANTED.amount);
  const counts = words[at + GRANTED.counts]!;
  assert(grant === campaign.grantCount, "a grant is out of order");
  if (isWhole(words, at)) bindId(campaign, words, at + GRANTED.id, ID_USE.granted, grant);
  campaign.users.intern(words, at + GRANTED.userKey, user);
  campaign.grantCount = grant + 1;
  campaign.grantUser.set(grant, user);
  campaign.grantPrevious.set(grant, campaign.userLastGrant.get(user));
  campaign.userLastGrant.set(user, grant + 1);
  campaign.grantOfferLow.set(grant, offer & 0xff);
  campaign.grantOfferHigh.set(grant, offer >>> 8);
  campaign.grantAmount.set(grant, amountMinor);
  campaign.grantAt.set(grant, atMs - campaign.definition.startsAtMs);
  const attributes = counts & 0xff;
  const tail = at + GRANTED.rest;
  internAttributes(campaign, campaign.grantAttribute, words, tail, attributes, grant);
  campaign.grantVersion.set(grant, words[at + GRANTED.offer]! >>> 24);
  campaign.queues[offer]!.push(grant);
  applyExposes(campaign, words, at, user, atMs);
  const draw = words[at + GRANTED.draw]!;
  if (draw > 0 && offer !== campaign.compensationOffer) {
    const pot = campaign.pots[offer]!;
    if (pot === null) {
      campaign.draws[offer]!.set(user, draw);
      countDrawn(campaign.drawn[offer]!, amountMinor);
    } else takePacket(campaign, pot, grant, draw, amountMinor);
  }
  const cells = (counts >>> 8) & 0xff;
  addCells(campaign.caps, words, tail + 6 * attributes, cells, amountMinor, 1);
  campaign.books.reservedMinor += amountMinor;
  if (isSecured(campaign, offer)) campaign.books.securedMinor += amountMinor;
  campaign.books.issuedMinor += amountMinor;
  campaign.counts.granted += 1;
  if (offer !== campaign.compensationOffer) return;
  countMadeGood(campaign, words, tail + 6 * attributes + 2 * cells, (counts >>> 16) & 0xff);
}

function takePacket(
  campaign: CampaignState,
  pot: Pot,
  grant: number,
  packet: number,
  amountMinor: number,
): void {
  pot.take(packet - 1, amountMinor);
  campaign.grantPacket.set(grant, packet);
  campaign.books.setAsideMinor -= amountMinor;
}

/** Money of a grant that comes or goes: where it was set aside it is secured. */
export function secure(campaign: CampaignState, grant: number, amountMinor: number): void {
  if (isSecured(campaign, campaign.grantOffer(grant))) campaign.books.securedMinor += amountMinor;
}

/** Part of an acceptance, its id is bound by that. */
function isWhole(words: Uint32Array, at: number): boolean {
  return ((words[at]! >>> 8) & PART) === 0;
}

/** Attributes of an event: attribute, ordinal of its value (2^32 - 1: not interned), key. */
export function internAttributes(
  campaign: CampaignState,
  columns: (WordColumn | null)[],
  words: Uint32Array,
  at: number,
  count: number,
  row: number,
): void {
  for (let i = at; i < at + 6 * count; i += 6) {
    const attribute = words[i]!;
    const value = words[i + 1]!;
    if (value === NOT_INTERNED) continue;
    campaign.attributes[attribute]!.intern(words, i + 2, value);
    columns[attribute]?.set(row, value + 1);
  }
}

export function applyWithheld(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const offer = words[at + GRANTED.offer]! & 0xffff;
  if (isWhole(words, at)) bindId(campaign, words, at + GRANTED.id, ID_USE.withheld, offer);
  const user = words[at + GRANTED.user]!;
  campaign.users.intern(words, at + GRANTED.userKey, user);
  applyExposes(campaign, words, at, user, atMs);
  if (((words[at]! >>> 8) & DRAWS) !== 0) {
    const draws = campaign.draws[offer]!;
    draws.set(user, draws.get(user) + 1);
  }
  campaign.counts.withheld += 1;
}

export function applyRedeemed(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  atMs: number,
): void {
  const grant = words[at + REDEEMED.grant]!;
  const redemption = words[at + REDEEMED.redemption]!;
  const amountMinor = readWide(words, at + REDEEMED.amount);
  const restMinor = readWide(words, at + REDEEMED.rest);
  const counts = words[at + REDEEMED.counts]!;
  assert(redemption === campaign.redemptionCount, "a redemption is out of order");
  bindId(campaign, words, at + REDEEMED.id, ID_USE.redeemed, redemption);
  campaign.redemptionCount = redemption + 1;
  campaign.redemptionGrant.set(redemption, grant);
  campaign.redemptionAmount.set(redemption, amountMinor);
  campaign.redemptionRest.set(redemption, restMinor);
  campaign.redemptionAt.set(redemption, atMs - campaign.definition.startsAtMs);
  campaign.redemptionVersion.set(redemption, (counts >>> 16) & 0xff);
  campaign.grantSpent.add(grant, amountMinor);
  const late = (words[at]! >>> 8) & 0xff;
  const settled = (late & LATE.settling) !== 0;
  if (late !== 0) campaign.late.redemption.set(redemption, late);
  const paidAtMs = readWide(words, at + REDEEMED.paidAt);
  if (paidAtMs > 0) dateRedemption(campaign.late, redemption, grant, paidAtMs);
  if (!settled && restMinor === 0) campaign.grantState.set(grant, GRANT.redeemed);
  const attributes = counts & 0xff;
  const tail = at + REDEEMED.tail;
  internAttributes(campaign, campaign.redemptionAttribute, words, tail, attributes, redemption);
  const cells = (counts >>> 8) & 0xff;
  addCells(campaign.caps, words, tail + 6 * attributes, cells, amountMinor, 1);
  if (settled) takeSettling(campaign, grant, readWide(words, endOf(words, at) - 2), amountMinor);
  else {
    campaign.books.reservedMinor -= amountMinor;
    secure(campaign, grant, -amountMinor);
  }
  campaign.books.spentMinor += amountMinor;
  campaign.counts.redeemed += 1;
}

function endOf(words: Uint32Array, at: number): number {
  return at + (words[at]! >>> 16);
}

export function applyCancelled(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + CANCELLED.grant]!;
  const amountMinor = readWide(words, at + CANCELLED.amount);
  bindId(campaign, words, at + CANCELLED.id, ID_USE.cancelled, grant);
  campaign.grantState.set(grant, GRANT.cancelled);
  const cells = words[at + CANCELLED.counts]!;
  addCells(campaign.caps, words, at + CANCELLED.tail, cells, amountMinor, -1);
  paceOf(campaign, grant)?.giveBack(amountMinor);
  campaign.books.reservedMinor -= amountMinor;
  campaign.books.cancelledMinor += amountMinor;
  secure(campaign, grant, -amountMinor);
  campaign.counts.cancelled += 1;
}

export function applyExpired(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + EXPIRED.grant]!;
  const amountMinor = readWide(words, at + EXPIRED.amount);
  campaign.grantState.set(grant, GRANT.expired);
  const cells = words[at + EXPIRED.counts]!;
  addCells(campaign.caps, words, at + EXPIRED.tail, cells, amountMinor, -1);
  campaign.books.reservedMinor -= amountMinor;
  campaign.books.settlingMinor += amountMinor;
  campaign.books.expiredMinor += amountMinor;
  campaign.counts.expired += 1;
  const freeAt = readWide(words, at + EXPIRED.freeAt);
  campaign.late.grantFreeAt.set(grant, freeAt / SETTLING_MS);
  paceOf(campaign, grant)?.giveBackAt(freeAt, amountMinor);
  const pot = campaign.pots[campaign.grantOffer(grant)]!;
  if (pot !== null && campaign.isWhole(grant)) {
    pot.wait(grant, freeAt);
    return;
  }
  secure(campaign, grant, -amountMinor);
  const { freeAtMs, amountMinor: amounts } = campaign.settling;
  const last = freeAtMs.length - 1;
  if (last >= campaign.settling.head && freeAtMs[last] === freeAt) {
    amounts[last] = amounts[last]! + amountMinor;
  } else {
    freeAtMs.push(freeAt);
    amounts.push(amountMinor);
  }
}

/** A packet from which nothing was spent is in its pot again. */
export function applyPacketReturned(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + RETURNED.grant]!;
  const amountMinor = readWide(words, at + RETURNED.amount);
  const waited = (words[at]! & 0x100) !== 0;
  campaign.pots[campaign.grantOffer(grant)]!.comeBack(grant, waited);
  const cells = words[at + RETURNED.counts]!;
  addCells(campaign.caps, words, at + RETURNED.tail, cells, amountMinor, -1);
  if (waited) {
    campaign.books.settlingMinor -= amountMinor;
    campaign.books.securedMinor -= amountMinor;
  }
  campaign.books.setAsideMinor += amountMinor;
}

export function applyReversed(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + REVERSED.grant]!;
  const redemption = words[at + REVERSED.redemption]!;
  const amountMinor = readWide(words, at + REVERSED.amount);
  const flags = (words[at]! >>> 8) & 0xff;
  const again = (flags & 1) !== 0;
  const use = again ? ID_USE.reversedAgain : ID_USE.reversedBack;
  bindId(campaign, words, at + REVERSED.id, use, redemption);
  campaign.redemptionReversed.set(redemption, 1);
  campaign.grantSpent.add(grant, -amountMinor);
  if (again) {
    // A grant that is held stays so.
    if (campaign.grantState.get(grant) === GRANT.redeemed) {
      campaign.grantState.set(grant, GRANT.live);
    }
    campaign.books.reservedMinor += amountMinor;
    secure(campaign, grant, amountMinor);
  } else {
    campaign.grantReturned.add(grant, amountMinor);
    campaign.books.returnedMinor += amountMinor;
    if ((flags & 2) !== 0) campaign.grantState.set(grant, GRANT.expired);
  }
  campaign.suspicion.forgive(grant, amountMinor);
  const cells = words[at + REVERSED.counts]!;
  addCells(campaign.caps, words, at + REVERSED.tail, cells, amountMinor, -1);
  campaign.books.spentMinor -= amountMinor;
  campaign.books.reversedMinor += amountMinor;
  campaign.counts.reversed += 1;
}
