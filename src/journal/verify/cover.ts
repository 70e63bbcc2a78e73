// Judges payments that no reward could cover: that the grant itself could not pay, that the line of
// the definition bears them while it lasts, and that somebody says why; and that what is taken back
// is what was booked, once.

import type { CampaignDefinition } from "../../core/definition.ts";
import { readWide } from "../../core/event.ts";
import { BOUNDED, COVER, TAKEN_BACK } from "../../core/money/cover.ts";
import {
  EXPIRED,
  HELD,
  LIVE,
  STATE_NAMES,
  type VerifiedCampaign,
  type VerifiedEvent,
} from "./campaign.ts";
import { ATTRIBUTES, readAttributes } from "./cells.ts";
import type { Findings } from "./findings.ts";

export function judgeCover(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  isLoss: boolean,
  findings: Findings,
): void {
  const { words, at } = event;
  const grant = words[at + COVER.grant]!;
  findings.counts.covers += 1;
  const wrong = (expected: string, found: string): void =>
    findings.wrong("covers", expected, found);
  if (grant >= campaign.counts.granted) {
    return wrong(`one of ${campaign.counts.granted} grants`, `grant ${grant}`);
  }
  campaign.bindId(words, at + COVER.id, findings);
  if (words[at + COVER.note]! >>> 16 === 0) wrong("a reason", "none");
  if ((event.flags & TAKEN_BACK) !== 0) return judgeTakenBack(campaign, event, isLoss, findings);
  checkOver(campaign, event, grant, findings);
  if (campaign.definition.rehearsal === true) wrong("no payment in a rehearsal", "one");
  const { money, definition, late } = campaign;
  const chargedMinor = readWide(words, at + COVER.charged);
  const lostMinor = readWide(words, at + COVER.lost);
  const amountMinor = chargedMinor + lostMinor;
  if ((event.flags & BOUNDED) !== 0) late.boundsCovers = true;
  else if (late.boundsCovers)
    wrong("a bound by the grant's worth, as in the events before", "none");
  const beforeMinor = late.boundsCovers ? late.coveredMinor.get(grant) : 0;
  const mostMinor = late.grantedMinor.get(grant) - beforeMinor;
  if (!(amountMinor > 0 && amountMinor <= mostMinor)) {
    wrong(`an amount of 1 to ${mostMinor}, left of the grant's worth`, `${amountMinor}`);
  }
  late.coveredMinor.add(grant, amountMinor);
  late.covers.push({ grant, chargedMinor, lostMinor });
  const leftMinor = (definition.contingency?.limitMinor ?? 0) - money.contingencyMinor;
  const due = Math.min(amountMinor, leftMinor);
  findings.same("covers", "borne by the contingency line:", due, chargedMinor);
  if (isLoss !== lostMinor > 0) wrong(isLoss ? "a loss" : "no loss", `${lostMinor} lost`);
  const merchant = definition.attributes.indexOf("merchant");
  const count = words[at + COVER.counts]!;
  const tail = at + COVER.tail;
  readAttributes(campaign, event, tail, count, [], merchant, ATTRIBUTES, findings);
  const isMerchant = count === 0 || (count === 1 && words[tail] === merchant);
  if (!isMerchant) wrong("no attribute but the merchant", `${count}`);
  money.contingencyMinor += chargedMinor;
  money.lossMinor += lostMinor;
}

/** The whole of a payment goes back to where it came from, and only once. */
function judgeTakenBack(
  { money, late }: VerifiedCampaign,
  { words, at, flags }: VerifiedEvent,
  isLoss: boolean,
  findings: Findings,
): void {
  const wrong = (expected: string, found: string): void =>
    findings.wrong("covers", expected, found);
  if (flags !== TAKEN_BACK) wrong("taken back, and nothing else", `flags ${flags}`);
  if (words[at + COVER.counts] !== 0) wrong("no attribute", `${words[at + COVER.counts]}`);
  const of = readWide(words, at + COVER.of);
  const booked = late.covers[of] ?? null;
  if (booked === null) {
    return wrong("a payment that stands", of < late.covers.length ? "one taken back" : "none");
  }
  late.covers[of] = null;
  const { grant, chargedMinor, lostMinor } = booked;
  findings.same("covers", "its grant:", grant, words[at + COVER.grant]!);
  findings.same("covers", "back to the line:", chargedMinor, readWide(words, at + COVER.charged));
  findings.same("covers", "back from the loss:", lostMinor, readWide(words, at + COVER.lost));
  if (isLoss !== lostMinor > 0) wrong(isLoss ? "a loss" : "no loss", `${lostMinor} lost`);
  late.coveredMinor.add(grant, -(chargedMinor + lostMinor));
  money.contingencyMinor -= chargedMinor;
  money.lossMinor -= lostMinor;
}

/** Neither alive, nor payable from what settles, nor held until somebody decides. */
function checkOver(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  if (campaign.phase === "closed") return;
  const state = campaign.grantState.get(grant);
  const expiresAtMs = campaign.expiresAtMs(grant);
  const paidAtMs = readWide(words, at + COVER.paidAt);
  const isInTime = paidAtMs >= campaign.grantAtMs.get(grant) && paidAtMs < expiresAtMs;
  const { settlingMinor, freeAtMs } = campaign.late;
  const settles = settlingMinor.get(grant) > 0 && atMs < freeAtMs.get(grant);
  const stands = (state === LIVE || state === HELD) && atMs < expiresAtMs;
  const pays = isInTime && (state === LIVE || (state === EXPIRED && settles));
  if (!stands && !pays) return;
  findings.wrong(
    "covers",
    "a grant that can pay no more",
    `a ${STATE_NAMES[state]} one at ${atMs}`,
  );
}

/** The line may be raised; what was promised is not taken back. */
export function checkLine(
  before: CampaignDefinition,
  after: CampaignDefinition,
  findings: Findings,
): void {
  const was = before.contingency?.limitMinor ?? 0;
  const is = after.contingency?.limitMinor ?? 0;
  if (is < was) findings.wrong("covers", `a contingency line of at least ${was}`, `${is}`);
}
