// How each event of suspicion adds to the state. It says what changes, this adds it.

import { EVENT_KINDS, readWide } from "../event.ts";
import { bindId, secure } from "../grants/apply-grant.ts";
import { paceOf } from "../pacing/pace-event.ts";
import type { CampaignState } from "../state.ts";
import { GRANT, ID_USE } from "../state-words.ts";
import { addCells } from "../tables/cells.ts";
import { SUSPECT, SWEPT_EXTENDED, SWEPT_RELEASED } from "./suspicion-event.ts";

const APPLY: ReadonlyMap<number, typeof applyHeld> = new Map([
  [EVENT_KINDS.held, applyHeld],
  [EVENT_KINDS.released, applyReleased],
  [EVENT_KINDS.extended, applyExtended],
  [EVENT_KINDS.clawed_back, applyClawedBack],
  [EVENT_KINDS.receivable_settled, applyReceived],
]);

export function applySuspect(
  campaign: CampaignState,
  kind: number,
  words: Uint32Array,
  at: number,
): void {
  APPLY.get(kind)!(campaign, words, at);
}

function applyHeld(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + SUSPECT.grant]!;
  bindId(campaign, words, at + SUSPECT.id, ID_USE.held, grant);
  campaign.grantState.set(grant, GRANT.held);
  campaign.suspicion.held.push(grant);
  campaign.suspicion.counts.held += 1;
}

function applyReleased(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + SUSPECT.grant]!;
  const { suspicion, definition } = campaign;
  bindId(campaign, words, at + SUSPECT.id, ID_USE.released, grant);
  campaign.grantState.set(grant, GRANT.live);
  const untilMs = readWide(words, at + SUSPECT.amount);
  suspicion.releasedUntil.set(suspicion.released.length, untilMs - definition.startsAtMs);
  suspicion.released.push(grant);
  suspicion.counts.released += 1;
}

function applyExtended(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + SUSPECT.grant]!;
  const { extensions } = campaign;
  bindId(campaign, words, at + SUSPECT.id, ID_USE.extended, extensions.length);
  const beforeMs = readWide(words, at + SUSPECT.owed);
  extensions.push(grant, readWide(words, at + SUSPECT.amount), beforeMs);
}

function applyClawedBack(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + SUSPECT.grant]!;
  const restMinor = readWide(words, at + SUSPECT.amount);
  const owedMinor = readWide(words, at + SUSPECT.owed);
  const { suspicion, books } = campaign;
  const use = restMinor > 0 ? ID_USE.clawedBack : ID_USE.clawedAfter;
  bindId(campaign, words, at + SUSPECT.id, use, grant);
  campaign.grantState.set(grant, GRANT.clawedBack);
  const cells = words[at + SUSPECT.counts]!;
  addCells(campaign.caps, words, at + SUSPECT.tail, cells, restMinor, -1);
  paceOf(campaign, grant)?.giveBack(restMinor);
  books.reservedMinor -= restMinor;
  secure(campaign, grant, -restMinor);
  suspicion.grantClaimed.set(grant, owedMinor);
  suspicion.grantOwed.set(grant, owedMinor);
  suspicion.books.clawedBackMinor += restMinor;
  suspicion.books.receivableMinor += owedMinor;
  suspicion.counts.clawedBack += 1;
}

function applyReceived(campaign: CampaignState, words: Uint32Array, at: number): void {
  const grant = words[at + SUSPECT.grant]!;
  const amountMinor = readWide(words, at + SUSPECT.amount);
  const { suspicion } = campaign;
  const receipt = suspicion.receiptCount;
  bindId(campaign, words, at + SUSPECT.id, ID_USE.received, receipt);
  suspicion.receiptCount = receipt + 1;
  suspicion.receiptGrant.set(receipt, grant);
  suspicion.receiptAmount.set(receipt, amountMinor);
  suspicion.receiptLeft.set(receipt, readWide(words, at + SUSPECT.owed));
  suspicion.grantOwed.add(grant, -amountMinor);
  suspicion.books.receivableMinor -= amountMinor;
  suspicion.books.receivedMinor += amountMinor;
}

export function applySweptSuspects(campaign: CampaignState, flags: number, cursor: number): void {
  const { released, held } = campaign.suspicion;
  const queue =
    flags === SWEPT_EXTENDED ? campaign.extensions : flags === SWEPT_RELEASED ? released : held;
  queue.cursor = cursor;
}
