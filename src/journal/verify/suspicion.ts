// Judges holds, releases, claw-backs and what came in for them, and the part of the sweep that is
// theirs. Books of its own: which grants are held, until when a released one lives, what is owing.
import { readWide, SWEPT } from "../../core/event.ts";
import { SUSPECT } from "../../core/suspicion/suspicion-event.ts";
import {
  CANCELLED,
  CLAWED_BACK,
  EXPIRED,
  HELD,
  LIVE,
  REDEEMED,
  STATE_NAMES,
  type VerifiedCampaign,
  type VerifiedEvent,
} from "./campaign.ts";
import { compareCells, refundCells } from "./caps.ts";
import { addGrantRefund, CELLS, countsReturn } from "./cells.ts";
import { moveSecured } from "./exposure.ts";
import type { Findings } from "./findings.ts";
import { paceOf } from "./pacing.ts";
import { potOfWhole } from "./packets.ts";

const GRACE_MS = 86_400_000;
const FLAG_RELEASED = 1;
const FLAG_HELD = 2;

type Kind = "held" | "released" | "clawed_back" | "receivable_settled";

export function judgeSuspect(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  kind: Kind,
  findings: Findings,
): void {
  const { words, at } = event;
  const grant = words[at + SUSPECT.grant]!;
  findings.counts.suspicions += 1;
  if (grant >= campaign.counts.granted) {
    const expected = `one of ${campaign.counts.granted} grants`;
    return findings.wrong("suspicions", expected, `grant ${grant}`);
  }
  campaign.bindId(words, at + SUSPECT.id, findings);
  const wrong = (expected: string, found: string): void =>
    findings.wrong("suspicions", expected, found);
  if (((words[at + SUSPECT.note]! >>> 16) & 0xffff) === 0) wrong("a reason", "none");
  if (kind !== "clawed_back" && words[at + SUSPECT.counts] !== 0) wrong("no cells", "some");
  const judge = { held, released, clawed_back: clawedBack, receivable_settled: received }[kind];
  judge(campaign, event, grant, findings);
}

function held(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const state = campaign.grantState.get(grant);
  if (state !== LIVE || event.atMs >= campaign.expiresAtMs(grant)) {
    const expected = "a live grant before its expiry";
    findings.wrong("suspicions", expected, `a ${STATE_NAMES[state]} one at ${event.atMs}`);
  }
  same(event, SUSPECT.amount, campaign.grantRest.get(grant), "a rest of", findings);
  same(event, SUSPECT.owed, 0, "nothing owing:", findings);
  campaign.grantState.set(grant, HELD);
  const { suspects } = campaign;
  suspects.held.push(grant);
  suspects.heldPlace.set(grant, suspects.held.length);
  campaign.counts.held += 1;
}

function released(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const { definition, suspects } = campaign;
  const { atMs } = event;
  if (campaign.grantState.get(grant) !== HELD || atMs >= definition.closesAtMs) {
    const state = STATE_NAMES[campaign.grantState.get(grant)];
    findings.wrong("suspicions", "a held grant before the close", `a ${state} one at ${atMs}`);
  }
  const untilMs = atMs + (definition.releaseGraceMs ?? GRACE_MS);
  same(event, SUSPECT.amount, untilMs, "a life until at least", findings);
  same(event, SUSPECT.owed, 0, "nothing owing:", findings);
  campaign.grantState.set(grant, LIVE);
  suspects.untilMs.set(grant, untilMs);
  suspects.released.push({ grant, untilMs });
  campaign.counts.released += 1;
}

function clawedBack(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const state = campaign.grantState.get(grant);
  const spentMinor = campaign.grantSpent.get(grant);
  const stands = state === LIVE || state === HELD;
  if (stands && atMs >= campaign.expiresAtMs(grant)) {
    findings.wrong("suspicions", "a grant whose time is not over, or expired", "neither");
  }
  if (state === CLAWED_BACK)
    findings.wrong("suspicions", "a grant not clawed back", "one that was");
  const ended = state === CANCELLED || state === EXPIRED || state === REDEEMED;
  if (ended && spentMinor === 0) {
    findings.wrong("suspicions", "something to claw back", `nothing of grant ${grant}`);
  }
  const restMinor = stands ? campaign.grantRest.get(grant) : 0;
  same(event, SUSPECT.amount, restMinor, "a rest of", findings);
  same(event, SUSPECT.owed, spentMinor, "a receivable of what was spent,", findings);
  CELLS.length = 0;
  if (stands && potOfWhole(campaign, grant) !== null) campaign.packetDue = grant;
  if (stands) addGrantRefund(campaign, grant, countsReturn(campaign, grant), atMs, CELLS);
  const cells = words[at + SUSPECT.counts]!;
  compareCells("refunds", CELLS, words, at + SUSPECT.tail, cells, campaign.caps, findings);
  refundCells(CELLS, restMinor, findings);
  paceOf(campaign, campaign.grantOffer.get(grant))?.giveBack(restMinor, event.atMs);
  if (stands) campaign.grantRest.set(grant, 0);
  campaign.grantState.set(grant, CLAWED_BACK);
  campaign.suspects.owed.set(grant, spentMinor);
  campaign.money.reservedMinor -= restMinor;
  moveSecured(campaign, grant, -restMinor);
  campaign.money.clawedBackMinor += restMinor;
  campaign.money.receivableMinor += spentMinor;
  campaign.counts.clawedBack += 1;
}

function received(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const owedMinor = campaign.suspects.owed.get(grant);
  const amountMinor = readWide(event.words, event.at + SUSPECT.amount);
  if (!(amountMinor > 0 && amountMinor <= owedMinor)) {
    findings.wrong("suspicions", `an amount of 1 to ${owedMinor}, what is owing`, `${amountMinor}`);
  }
  same(event, SUSPECT.owed, owedMinor - amountMinor, "what is left,", findings);
  campaign.suspects.owed.set(grant, owedMinor - amountMinor);
  campaign.money.receivableMinor -= amountMinor;
  campaign.money.receivedMinor += amountMinor;
}

/** A merchant's money for a grant that was clawed back is no longer owing. */
export function forgiveReversal(
  campaign: VerifiedCampaign,
  grant: number,
  amountMinor: number,
): void {
  const lessMinor = Math.min(campaign.suspects.owed.get(grant), amountMinor);
  campaign.suspects.owed.add(grant, -lessMinor);
  campaign.money.receivableMinor -= lessMinor;
}

/** The cursor passes nothing that still lives by its grace, and nothing held before the close. */
export function judgeSweptSuspects(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  findings: Findings,
): void {
  const { suspects, definition } = campaign;
  const cursor = event.words[event.at + SWEPT.cursor]!;
  const wrong = (expected: string, found: string): void => {
    findings.wrong("sweeps", expected, found);
  };
  const { flags, atMs } = event;
  if (flags !== FLAG_RELEASED && flags !== FLAG_HELD) {
    return wrong("flag 1 or 2, one of them", `flags ${flags}`);
  }
  if (event.words[event.at + SWEPT.offer] !== 0) wrong("no offer", "one");
  const isHeld = flags === FLAG_HELD;
  const from = isHeld ? suspects.heldCursor : suspects.releasedCursor;
  const length = isHeld ? suspects.held.length : suspects.released.length;
  if (cursor <= from || cursor > length) {
    return wrong(`a cursor after ${from}, at most ${length}`, `${cursor}`);
  }
  for (let i = from; i < cursor; i++) {
    const grant = isHeld ? suspects.held[i]! : suspects.released[i]!.grant;
    const dueAtMs = isHeld ? definition.closesAtMs : suspects.released[i]!.untilMs;
    const state = campaign.grantState.get(grant);
    if (atMs < Math.min(dueAtMs, definition.closesAtMs)) {
      wrong("a cursor before what is not due", `beyond grant ${grant}`);
    } else if (isHeld) {
      const isLast = suspects.heldPlace.get(grant) === i + 1;
      if (isLast && state === HELD) wrong("nothing held before the cursor", `grant ${grant}`);
    } else if (state === LIVE && atMs >= campaign.expiresAtMs(grant)) {
      // What lives as long by its class waits there.
      const waits = campaign.ruleExpiresAtMs(grant) >= campaign.expiresAtMs(grant);
      if (!waits) wrong("nothing live before the cursor", `grant ${grant}`);
    }
  }
  if (isHeld) suspects.heldCursor = cursor;
  else suspects.releasedCursor = cursor;
}

function same(
  { words, at }: VerifiedEvent,
  word: number,
  expected: number,
  what: string,
  findings: Findings,
): void {
  findings.same("suspicions", what, expected, readWide(words, at + word));
}
