// Decisions of suspicion on one grant: hold, release, claw back, and what comes in afterwards.

import { type Command, fingerprint, ID_AT } from "../command.ts";
import { EVENT_KINDS, type EventWriter } from "../event.ts";
import { about, refusalOfGrant } from "../grants/decide-grant.ts";
import { writeExpired } from "../grants/write-expired.ts";
import { returnPacket } from "../luck/packets.ts";
import { countReturns, refundOfGrant } from "../money/refund.ts";
import { type Note, noteContent, noteLengths, noteWords, writeNote } from "../note.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { GRANT, ID_USE } from "../state-words.ts";
import { PRINT_OF, sameUse } from "../tables/bound-id.ts";
import { CellList } from "../tables/cells.ts";
import { SUSPECT } from "./suspicion-event.ts";

/** The fingerprint of the command that `boundBy` looked at last. */
export const SUSPECT_PRINT: Uint32Array = new Uint32Array(2);
const CELLS = new CellList();

type Kind = "held" | "released" | "extended" | "clawed_back" | "receivable_settled";

/** Holds a grant: it cannot be redeemed, and the clock of its expiry stands. */
export function decideHold(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { grant } = command;
  const use = { print: PRINT_OF.hold, use: ID_USE.held, status: "hold_placed" } as const;
  const again = answerBefore(campaign, command, note, use);
  if (again !== null) return again;
  const refusal = refusalOfGrant(campaign, grant, atMs);
  if (refusal !== null) return refusal;
  writeSuspect(campaign, "held", command, note, campaign.unspentMinor(grant), 0, atMs, out);
  return about(campaign, "hold_placed", grant);
}

/** Ends a hold. The grant lives at least for the campaign's grace from now. */
export function decideRelease(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { grant } = command;
  const use = { print: PRINT_OF.release, use: ID_USE.released, status: "released" } as const;
  const again = answerBefore(campaign, command, note, use);
  if (again !== null) return again;
  if (!isGrant(campaign, grant)) return outcome("unknown_grant");
  if (campaign.phase === "closed") return about(campaign, "campaign_closed", grant);
  if (campaign.grantState.get(grant) !== GRANT.held) return about(campaign, "not_held", grant);
  const { closesAtMs } = campaign.definition;
  if (atMs >= closesAtMs) return about(campaign, "expired", grant);
  const untilMs = atMs + releaseGraceMs(campaign);
  writeSuspect(campaign, "released", command, note, untilMs, 0, atMs, out);
  const answer = about(campaign, "released", grant);
  const graceAtMs = Math.min(untilMs, closesAtMs);
  answer.expiresAtMs = Math.max(campaign.unheldExpiresAtMs(grant), graceAtMs);
  return answer;
}

/** A grant that is released lives at least so long. */
function releaseGraceMs({ definition }: CampaignState): number {
  return definition.releaseGraceMs ?? DAY_MS;
}

const DAY_MS = 86_400_000;

/**
 * Takes a grant back: its unspent rest returns to the budget, what was spent of it is owing from
 * now on. Possible also after the grant's end and after the close, while anything of it was spent.
 */
export function decideClawBack(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  const bound = boundBy(campaign, command, note, PRINT_OF.clawBack);
  const { grant } = command;
  if (bound >= 0) {
    if (!sameUse(campaign, bound, SUSPECT_PRINT, ID_USE.clawedBack, ID_USE.clawedAfter)) {
      return outcome("id_conflict");
    }
    const rest = campaign.idUse.get(bound) === ID_USE.clawedBack;
    const answer = about(campaign, "clawed_back", grant);
    answer.replayed = true;
    // A later reversal moves money from spent to returned; the sum, and so this answer, stays.
    answer.amountMinor = rest ? campaign.unspentMinor(grant) : 0;
    answer.owedMinor = campaign.suspicion.grantClaimed.get(grant);
    return answer;
  }
  if (!isGrant(campaign, grant)) return outcome("unknown_grant");
  const state = campaign.grantState.get(grant);
  if (state === GRANT.clawedBack) return about(campaign, "already_clawed_back", grant);
  const spentMinor = campaign.grantSpent.get(grant);
  const stands = state === GRANT.live || state === GRANT.held;
  const over = stands && atMs >= campaign.expiresAtMs(grant);
  const ended = over || state === GRANT.cancelled || state === GRANT.expired;
  if (ended && spentMinor === 0) {
    const status = state === GRANT.cancelled ? "already_cancelled" : "expired";
    return about(campaign, status, grant);
  }
  // Its rest settles as that of every other grant whose time is over.
  if (over) writeExpired(campaign, grant, atMs, out);
  const restMinor = stands && !over ? campaign.unspentMinor(grant) : 0;
  CELLS.clear();
  if (restMinor > 0) {
    const counts = countReturns(campaign, grant, spentMinor);
    refundOfGrant(campaign, grant, { money: true, counts }, atMs, CELLS);
  }
  writeSuspect(campaign, "clawed_back", command, note, restMinor, spentMinor, atMs, out, CELLS);
  if (restMinor > 0) returnPacket(campaign, grant, atMs, out);
  const answer = about(campaign, "clawed_back", grant);
  answer.amountMinor = restMinor;
  answer.owedMinor = spentMinor;
  return answer;
}

/** Books money that came in for a receivable. */
export function decideReceive(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  const { suspicion } = campaign;
  const bound = boundBy(campaign, command, note, PRINT_OF.receive);
  const { grant, amountMinor } = command;
  if (bound >= 0) {
    if (!sameUse(campaign, bound, SUSPECT_PRINT, ID_USE.received)) return outcome("id_conflict");
    const answer = about(campaign, "received", grant);
    answer.replayed = true;
    answer.amountMinor = amountMinor;
    answer.owedMinor = suspicion.receiptLeft.get(campaign.idTarget.get(bound));
    return answer;
  }
  if (!isGrant(campaign, grant)) return outcome("unknown_grant");
  const owedMinor = suspicion.grantOwed.get(grant);
  if (owedMinor === 0) return about(campaign, "nothing_owed", grant);
  // Written so that NaN refuses.
  if (!(amountMinor <= owedMinor)) {
    return { ...about(campaign, "more_than_owed", grant), owedMinor };
  }
  const leftMinor = owedMinor - amountMinor;
  writeSuspect(campaign, "receivable_settled", command, note, amountMinor, leftMinor, atMs, out);
  return { ...about(campaign, "received", grant), amountMinor, owedMinor: leftMinor };
}

function isGrant(campaign: CampaignState, grant: number): boolean {
  return grant >= 0 && grant < campaign.grantCount;
}

/** What an id that is known is answered, where that is told as it is now; null for a new one. */
function answerBefore(
  campaign: CampaignState,
  command: Command,
  note: Note,
  { print, use, status }: { print: number; use: number; status: "hold_placed" | "released" },
): Outcome | null {
  const bound = boundBy(campaign, command, note, print);
  if (bound < 0) return null;
  if (!sameUse(campaign, bound, SUSPECT_PRINT, use)) return outcome("id_conflict");
  return { ...about(campaign, status, command.grant), replayed: true };
}

/** What the id is bound to, or -1. Why, and the evidence, are part of the content. */
export function boundBy(
  campaign: CampaignState,
  command: Command,
  note: Note,
  print: number,
): number {
  command.ref = noteContent(note);
  fingerprint(print, command, SUSPECT_PRINT);
  return campaign.ids.find(command.keys, ID_AT);
}

/** Writes what is done to the grant of a command that `boundBy` looked at. */
export function writeSuspect(
  campaign: CampaignState,
  kind: Kind,
  command: Command,
  note: Note,
  amountMinor: number,
  owedMinor: number,
  atMs: number,
  out: EventWriter,
  cells: CellList | null = null,
): void {
  const cellWords = 2 * (cells?.length ?? 0);
  const size = SUSPECT.tail + cellWords + noteWords(note);
  const at = out.begin(EVENT_KINDS[kind], campaign.ordinal, atMs, size);
  const { words } = out;
  words[at + SUSPECT.grant] = command.grant;
  words[at + SUSPECT.counts] = cells?.length ?? 0;
  out.key(at + SUSPECT.id, command.keys, ID_AT);
  words[at + SUSPECT.fingerprint] = SUSPECT_PRINT[0]!;
  words[at + SUSPECT.fingerprint + 1] = SUSPECT_PRINT[1]!;
  words[at + SUSPECT.note] = noteLengths(note);
  out.wide(at + SUSPECT.amount, amountMinor);
  out.wide(at + SUSPECT.owed, owedMinor);
  cells?.write(out, at + SUSPECT.tail);
  writeNote(note, out, at + SUSPECT.tail + cellWords);
}
