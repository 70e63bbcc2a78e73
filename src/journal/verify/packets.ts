// Judges the packets of split pots in the hands of grants: which one a claim got, and that each
// from which nothing was spent goes back, once, when its money has settled.
import { GRANTED, RETURNED, readWide } from "../../core/event.ts";
import {
  CANCELLED,
  CLAWED_BACK,
  EXPIRED,
  STATE_NAMES,
  type VerifiedCampaign,
  type VerifiedEvent,
} from "./campaign.ts";
import { compareCells, refundCells } from "./caps.ts";
import { CELLS } from "./cells.ts";
import { moveSecured } from "./exposure.ts";
import type { Findings } from "./findings.ts";
import type { PotBook } from "./pot.ts";

/** Checks which packet a claim got, or would have got, and what was in it. */
export function checkPacket(
  { words, at }: VerifiedEvent,
  pot: PotBook,
  granted: boolean,
  findings: Findings,
): void {
  const amountMinor = readWide(words, at + GRANTED.amount);
  const packet = words[at + GRANTED.draw]!;
  findings.counts.packets += 1;
  if (granted && packet !== pot.next + 1) {
    const expected = pot.next < 0 ? "no claim, for the pot is empty" : `packet ${pot.next + 1}`;
    findings.wrong("packets", expected, `packet ${packet}`);
  }
  const { sequence, index } = findings;
  pot.checkNext({ sequence, index, granted, amountMinor }, findings);
}

/** A packet goes out: its money leaves what is set aside, and is secured, as compensation is. */
export function takePacket(
  campaign: VerifiedCampaign,
  offer: number,
  grant: number,
  amountMinor: number,
  findings: Findings,
): void {
  const pot = campaign.pots[offer]!;
  moveSecured(campaign, grant, amountMinor);
  if (pot === null) return;
  pot.take(grant, amountMinor, findings);
  campaign.money.setAsideMinor -= amountMinor;
}

/** The pot of a live grant whose packet is whole, so that its end brings the packet back. */
export function potOfWhole(campaign: VerifiedCampaign, grant: number): PotBook | null {
  const pot = campaign.pots[campaign.grantOffer.get(grant)]!;
  if (pot === null || campaign.grantRest.get(grant) !== pot.amountOf.get(grant)) return null;
  return pot;
}

export function judgePacketReturned(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const grant = words[at + RETURNED.grant]!;
  const isGrant = grant < campaign.counts.granted;
  const pot = isGrant ? campaign.pots[campaign.grantOffer.get(grant)]! : null;
  if (pot === null) return findings.wrong("packets", "a grant of a pot", `grant ${grant}`);
  const waited = event.flags === 1;
  const amountMinor = readWide(words, at + RETURNED.amount);
  const packet = words[at + RETURNED.packet]!;
  findings.same("packets", "packet", pot.packetOf.get(grant), packet);
  findings.same("packets", "the packet whole, with", pot.amountOf.get(grant), amountMinor);
  const state = campaign.grantState.get(grant);
  const ended = waited ? [EXPIRED] : [CANCELLED, CLAWED_BACK];
  if (!ended.includes(state)) {
    const expected = ended.map((each) => STATE_NAMES[each]).join(" or ");
    findings.wrong("packets", `a grant that is ${expected}`, `${STATE_NAMES[state]}`);
  }
  if (waited) judgeWaited(campaign, pot, grant, atMs, findings);
  else if (campaign.packetDue !== grant) {
    findings.wrong("packets", "the packet of the grant that just ended", `of grant ${grant}`);
  }
  if (!waited) campaign.packetDue = -1;
  CELLS.length = 0;
  const cap = campaign.caps.find(({ definition }) => definition.id === pot.capId);
  if (cap !== undefined) CELLS.push(cap, 0, 0);
  const count = words[at + RETURNED.counts]!;
  compareCells("refunds", CELLS, words, at + RETURNED.tail, count, campaign.caps, findings);
  refundCells(CELLS, amountMinor, findings);
  pot.giveBack(grant);
  if (waited) {
    campaign.money.settlingMinor -= amountMinor;
    campaign.money.securedMinor -= amountMinor;
  }
  campaign.money.setAsideMinor += amountMinor;
}

function judgeWaited(
  campaign: VerifiedCampaign,
  pot: PotBook,
  grant: number,
  atMs: number,
  findings: Findings,
): void {
  if (campaign.phase === "closed") findings.wrong("packets", "a campaign not closed", "closed");
  const { first } = pot.waiting;
  if (first !== grant) {
    const expected = first < 0 ? "no packet, for none waits" : `the packet of grant ${first}`;
    return findings.wrong("packets", expected, `of grant ${grant}`);
  }
  pot.waiting.shift();
  const freeAtMs = pot.freeAtMs.get(grant);
  if (atMs >= freeAtMs) return;
  findings.wrong("packets", `an instant from ${freeAtMs} on, when it has settled`, `${atMs}`);
}
