// A payment that a merchant made although its reward could no longer cover it: charged to the
// campaign's contingency line, and where that is used up a loss. It is beside the budget, and never
// silent: somebody books it and says why.

import { countBits, findRows, writeAttributes } from "../caps/charge.ts";
import { type Command, fingerprint, ID_AT } from "../command.ts";
import { EVENT_KINDS, type EventWriter, readWide } from "../event.ts";
import { bindId, internAttributes } from "../grants/apply-grant.ts";
import { about, refusalOfGrant } from "../grants/decide-grant.ts";
import { type Note, noteContent, noteLengths, noteWords, writeNote } from "../note.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { PRINT_OF, sameUse } from "../tables/bound-id.ts";
import { CellList } from "../tables/cells.ts";
import { redemptionsPaidAt } from "./late-books.ts";
import { lateFlags } from "./late-payment.ts";

/**
 * contingency and loss; then attributes (6 words each), and the note's texts. With the flag
 * TAKEN_BACK, what an earlier one of them booked goes back to where it came from.
 */
export const COVER = {
  grant: 2,
  /** Attributes: the merchant, or none. */
  counts: 3,
  id: 4,
  fingerprint: 8,
  /** Lengths of the note's texts: by | evidence << 8 | why << 16. */
  note: 10,
  /** What the line bears, and what nothing bears. Wide. */
  charged: 11,
  lost: 13,
  paidAt: 15,
  /** Taken back, in place of `paidAt`: ordinal of the payment among these. Wide. */
  of: 15,
  tail: 17,
} as const;

/** A flag: all such payments with the grant are at most its worth; old events promised less. */
export const BOUNDED = 1;
/** A flag: the payment was booked in error, and its money goes back. Names no merchant. */
export const TAKEN_BACK = 2;

const PRINT = new Uint32Array(2);
const CELLS = new CellList();

/** Decides who bears a payment of `amountMinor` with a grant that is over. */
export function decideCover(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  command.ref = noteContent(note);
  fingerprint(PRINT_OF.cover, command, PRINT);
  const { grant, amountMinor, paidAtMs } = command;
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) {
    if (!sameUse(campaign, bound, PRINT, ID_USE.covered)) return outcome("id_conflict");
    const chargedMinor = campaign.late.coverCharged.get(campaign.idTarget.get(bound));
    return { ...borne(campaign, grant, amountMinor, chargedMinor), replayed: true };
  }
  const refusal = refusalOfGrant(campaign, grant, atMs);
  if (refusal === null) return about(campaign, "still_redeemable", grant);
  const { status } = refusal;
  if (status === "unknown_grant" || status === "held") return refusal;
  if (status === "expired" && lateFlags(campaign, grant, paidAtMs, atMs) !== 0) {
    return about(campaign, "still_redeemable", grant);
  }
  const recorded = command.separate ? -1 : paidAlready(campaign, grant, paidAtMs);
  if (recorded >= 0) {
    const answer = about(campaign, "already_recorded", grant);
    answer.redemption = recorded;
    answer.amountMinor = campaign.redemptionAmount.get(recorded);
    return answer;
  }
  const mostMinor = coverable(campaign, grant);
  // Written so that NaN refuses.
  if (!(amountMinor <= mostMinor)) {
    const answer = about(campaign, "amount_too_large", grant);
    answer.restMinor = mostMinor;
    return answer;
  }
  if (campaign.definition.rehearsal === true) return about(campaign, "rehearsal", grant);
  const chargedMinor = Math.min(amountMinor, contingencyLeft(campaign));
  write(campaign, command, note, chargedMinor, atMs, out);
  return borne(campaign, grant, amountMinor, chargedMinor);
}

/** The redemption that a payment with the grant at that instant is recorded as; -1: none. */
function paidAlready(campaign: CampaignState, grant: number, paidAtMs: number): number {
  for (const redemption of redemptionsPaidAt(campaign.late, grant, paidAtMs)) {
    if (campaign.redemptionReversed.get(redemption) === 0) return redemption;
  }
  return -1;
}

/** What of a grant's worth was not borne before; an old journal may have borne more. */
function coverable({ grantAmount, late }: CampaignState, grant: number): number {
  return Math.max(0, grantAmount.get(grant) - late.grantCovered.get(grant));
}

/** What is left of the contingency line. */
function contingencyLeft({ definition, books }: CampaignState): number {
  return Math.max(0, (definition.contingency?.limitMinor ?? 0) - books.contingencyMinor);
}

function borne(
  campaign: CampaignState,
  grant: number,
  amountMinor: number,
  chargedMinor: number,
): Outcome {
  const answer = about(campaign, chargedMinor < amountMinor ? "lost" : "covered", grant);
  answer.amountMinor = chargedMinor;
  answer.lostMinor = amountMinor - chargedMinor;
  return answer;
}

function write(
  campaign: CampaignState,
  command: Command,
  note: Note,
  chargedMinor: number,
  atMs: number,
  out: EventWriter,
): void {
  const { attributes: bits, grant, amountMinor } = command;
  const set = campaign.lateCaps[campaign.grantOffer(grant)]!;
  findRows(campaign, set, command, CELLS.rows);
  const attributes = countBits(bits);
  const kind = chargedMinor < amountMinor ? "loss" : "contingency";
  const size = COVER.tail + 6 * attributes + noteWords(note);
  const at = out.begin(EVENT_KINDS[kind], campaign.ordinal, atMs, size, BOUNDED);
  const { words } = out;
  words[at + COVER.grant] = grant;
  words[at + COVER.counts] = attributes;
  out.key(at + COVER.id, command.keys, ID_AT);
  words[at + COVER.fingerprint] = PRINT[0]!;
  words[at + COVER.fingerprint + 1] = PRINT[1]!;
  words[at + COVER.note] = noteLengths(note);
  out.wide(at + COVER.charged, chargedMinor);
  out.wide(at + COVER.lost, amountMinor - chargedMinor);
  out.wide(at + COVER.paidAt, command.paidAtMs);
  writeAttributes(campaign, command, bits, set.counted, CELLS.rows, out, at + COVER.tail);
  writeNote(note, out, at + COVER.tail + 6 * attributes);
}

export function applyCover(campaign: CampaignState, words: Uint32Array, at: number): void {
  if (((words[at]! >>> 8) & TAKEN_BACK) !== 0) return applyUncover(campaign, words, at);
  const { late, books } = campaign;
  const cover = late.coverCount;
  bindId(campaign, words, at + COVER.id, ID_USE.covered, cover);
  late.coverCount = cover + 1;
  const chargedMinor = readWide(words, at + COVER.charged);
  late.coverCharged.set(cover, chargedMinor);
  late.coverGrant.set(cover, words[at + COVER.grant]!);
  internAttributes(campaign, [], words, at + COVER.tail, words[at + COVER.counts]!, cover);
  const lostMinor = readWide(words, at + COVER.lost);
  late.coverLost.set(cover, lostMinor);
  late.grantCovered.add(words[at + COVER.grant]!, chargedMinor + lostMinor);
  books.contingencyMinor += chargedMinor;
  books.lossMinor += lostMinor;
}

function applyUncover(campaign: CampaignState, words: Uint32Array, at: number): void {
  const { late, books } = campaign;
  const cover = readWide(words, at + COVER.of);
  bindId(campaign, words, at + COVER.id, ID_USE.uncovered, cover);
  late.coverTakenBack.set(cover, 1);
  const chargedMinor = readWide(words, at + COVER.charged);
  const lostMinor = readWide(words, at + COVER.lost);
  late.grantCovered.add(words[at + COVER.grant]!, -(chargedMinor + lostMinor));
  books.contingencyMinor -= chargedMinor;
  books.lossMinor -= lostMinor;
}
