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
const FLAG_EXTENDED = 4;

type Kind = "held" | "released" | "extended" | "clawed_back" | "receivable_settled";

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
  JUDGES[kind](campaign, event, grant, findings);
}

const JUDGES = { held, released, extended, clawed_back: clawedBack, receivable_settled: received };

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
  suspects.held.push({ grant, untilMs: campaign.definition.closesAtMs });
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

function extended(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  grant: number,
  findings: Findings,
): void {
  const { suspects, definition } = campaign;
  const state = campaign.grantState.get(grant);
  const stands = state === LIVE || state === HELD;
  if (!stands || event.atMs >= campaign.expiresAtMs(grant)) {
    const expected = "a live or held grant before its expiry";
    findings.wrong("suspicions", expected, `a ${STATE_NAMES[state]} one at ${event.atMs}`);
  }
  const beforeMs = campaign.unheldExpiresAtMs(grant);
  same(event, SUSPECT.owed, beforeMs, "an expiry before of", findings);
  const untilMs = readWide(event.words, event.at + SUSPECT.amount);
  const afterMs = Math.max(beforeMs, event.atMs);
  if (!(untilMs > afterMs && untilMs <= definition.closesAtMs)) {
    const expected = `an expiry after ${afterMs}, by the close ${definition.closesAtMs}`;
    findings.wrong("suspicions", expected, `${untilMs}`);
  }
  suspects.extend(grant, untilMs);
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

/** Where a swept event of grants outside of their classes keeps its entries. */
const QUEUES = {
  [FLAG_RELEASED]: ["released", "releasedCursor"],
  [FLAG_HELD]: ["held", "heldCursor"],
  [FLAG_EXTENDED]: ["extended", "extendedCursor"],
} as const;

/**
 * The cursor passes nothing that still lives by its grace or its extension, and nothing held before
 * the close.
 */
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
  if (flags !== FLAG_RELEASED && flags !== FLAG_HELD && flags !== FLAG_EXTENDED) {
    return wrong("flag 1, 2 or 4, one of them", `flags ${flags}`);
  }
  if (event.words[event.at + SWEPT.offer] !== 0) wrong("no offer", "one");
  const [queue, cursorOf] = QUEUES[flags];
  const entries = suspects[queue];
  const from = suspects[cursorOf];
  if (cursor <= from || cursor > entries.length) {
    return wrong(`a cursor after ${from}, at most ${entries.length}`, `${cursor}`);
  }
  const isHeld = flags === FLAG_HELD;
  for (let i = from; i < cursor; i++) {
    const { grant, untilMs: dueAtMs } = entries[i]!;
    const state = campaign.grantState.get(grant);
    // A close may have been moved since.
    const endMs = isHeld ? definition.closesAtMs : Math.min(dueAtMs, definition.closesAtMs);
    if (atMs < endMs) {
      wrong("a cursor before what is not due", `beyond grant ${grant}`);
    } else if (isHeld) {
      const isLast = suspects.heldPlace.get(grant) === i + 1;
      if (isLast && state === HELD) wrong("nothing held before the cursor", `grant ${grant}`);
    } else if (state === LIVE && atMs >= campaign.expiresAtMs(grant)) {
      const { untilMs, extendedMs } = suspects;
      const [own, other] = queue === "released" ? [untilMs, extendedMs] : [extendedMs, untilMs];
      const otherMs = Math.min(other.get(grant), definition.closesAtMs);
      // What lives as long by its class, or longer by the other queue, waits there.
      const waits =
        own.get(grant) !== dueAtMs ||
        campaign.ruleExpiresAtMs(grant) >= endMs ||
        (queue === "released" ? otherMs > endMs : otherMs >= endMs);
      if (!waits) wrong("nothing live before the cursor", `grant ${grant}`);
    }
  }
  suspects[cursorOf] = cursor;
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
