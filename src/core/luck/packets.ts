// The packets of a split pot in the hands of grants: which one a claim gets next, what money it
// comes from, and how one from which nothing was spent goes back into its pot.
import { assert } from "../../base/assert.ts";
import { potCapId } from "../definition.ts";
import { EVENT_KINDS, type EventWriter, RETURNED } from "../event.ts";
import type { CampaignState } from "../state.ts";
import { CellList } from "../tables/cells.ts";
import type { Pot } from "./pot.ts";

const CELLS = new CellList();

/** The packet that the next claim of the offer gets, from 1; 0 when none is left. */
export function nextPacket(campaign: CampaignState, offer: number): number {
  const pot = campaign.pots[offer]!;
  assert(pot !== null, "expected an offer of a pot");
  if (pot.taken < pot.reward.packets) return pot.taken + 1;
  const back = pot.nextBack;
  return back < 0 ? 0 : campaign.grantPacket.get(back);
}

/** What it holds; 0 when none is left, which the pot's cap refuses. */
export function amountOfNext(campaign: CampaignState, offer: number, key: Uint32Array): number {
  const pot = campaign.pots[offer]!;
  assert(pot !== null, "expected an offer of a pot");
  if (pot.taken < pot.reward.packets) return pot.drawFresh(key);
  const back = pot.nextBack;
  return back < 0 ? 0 : campaign.grantAmount.get(back);
}

/** Money that a claim of the offer may take: a pot has its own. */
export function grantableFor(campaign: CampaignState, offer: number): number {
  return campaign.pots[offer]! === null ? campaign.grantableMinor : campaign.books.setAsideMinor;
}

/** Puts a packet that was just given back into its pot, if nothing of it was spent. */
export function returnPacket(
  campaign: CampaignState,
  grant: number,
  atMs: number,
  out: EventWriter,
): void {
  const pot = campaign.pots[campaign.grantOffer(grant)]!;
  if (pot !== null && campaign.isWhole(grant)) writeReturned(campaign, grant, 0, atMs, out);
}

/**
 * Puts packets whose money has settled back into the pots.
 * @returns how many of `most` are left to do
 */
export function returnSettled(
  campaign: CampaignState,
  atMs: number,
  most: number,
  out: EventWriter,
): number {
  let left = most;
  for (const pot of campaign.pots) {
    if (pot === null) continue;
    const { head, length } = pot.waiting;
    for (let i = head; i < length && left > 0; i++, left--) {
      if (atMs < pot.waitingFreeAtMs.get(i)) break;
      writeReturned(campaign, pot.waitingGrants.get(i), 1, atMs, out);
    }
  }
  return left;
}

/** When the next packet may go back into its pot, or Infinity. */
export function nextReturnAtMs({ pots }: CampaignState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const pot of pots) if (pot !== null) next = Math.min(next, pot.nextFreeAtMs);
  return next;
}

/** Money of packets that expired and wait to go back: part of what settles. */
export function waitingMinor(campaign: CampaignState, { waiting, waitingGrants }: Pot): number {
  let sum = 0;
  for (let i = waiting.head; i < waiting.length; i++) {
    sum += campaign.grantAmount.get(waitingGrants.get(i));
  }
  return sum;
}

/** Money of the packets that can be claimed. */
export function claimableMinor(
  campaign: CampaignState,
  { freshMinor, back, backGrants }: Pot,
): number {
  let sum = freshMinor;
  for (let i = back.head; i < back.length; i++) {
    sum += campaign.grantAmount.get(backGrants.get(i));
  }
  return sum;
}

/** @param flags 1: its money waited to settle */
function writeReturned(
  campaign: CampaignState,
  grant: number,
  flags: 0 | 1,
  atMs: number,
  out: EventWriter,
): void {
  const offer = campaign.grantOffer(grant);
  const id = potCapId(campaign.definition.offers[offer]!.id);
  const cap = campaign.claimCaps[offer]!.caps.find((one) => one.id === id)!;
  CELLS.clear();
  CELLS.push(cap, 0, campaign.calendar.windowAt(cap.per, atMs));
  const size = RETURNED.tail + 2 * CELLS.length;
  const kind = EVENT_KINDS.packet_returned;
  const at = out.begin(kind, campaign.ordinal, atMs, size, flags);
  out.words[at + RETURNED.grant] = grant;
  out.words[at + RETURNED.packet] = campaign.grantPacket.get(grant);
  out.words[at + RETURNED.counts] = CELLS.length;
  out.wide(at + RETURNED.amount, campaign.grantAmount.get(grant));
  CELLS.write(out, at + RETURNED.tail);
}
