// Takes back a payment that was booked by mistake as one that no reward could cover: contingency
// line and loss get exactly what they bore of it, and the grant may be covered again.

import { type Command, fingerprint, ID_AT, USER_AT } from "../command.ts";
import { EVENT_KINDS, type EventWriter } from "../event.ts";
import { about } from "../grants/decide-grant.ts";
import { type Note, noteContent, noteLengths, noteWords, writeNote } from "../note.ts";
import { type Outcome, outcome } from "../outcome.ts";
import type { CampaignState } from "../state.ts";
import { ID_USE } from "../state-words.ts";
import { PRINT_OF, sameUse } from "../tables/bound-id.ts";
import { COVER, TAKEN_BACK } from "./cover.ts";

const PRINT = new Uint32Array(2);

/** Decides the reversal of a whole such payment with the grant, named by its id. At any time. */
export function decideUncover(
  campaign: CampaignState,
  command: Command,
  note: Note,
  atMs: number,
  out: EventWriter,
): Outcome {
  command.ref = noteContent(note);
  fingerprint(PRINT_OF.uncover, command, PRINT);
  const { grant } = command;
  const bound = campaign.ids.find(command.keys, ID_AT);
  if (bound >= 0) {
    if (!sameUse(campaign, bound, PRINT, ID_USE.uncovered)) return outcome("id_conflict");
    return { ...takenBack(campaign, campaign.idTarget.get(bound)), replayed: true };
  }
  if (grant < 0 || grant >= campaign.grantCount) return outcome("unknown_grant");
  const named = campaign.ids.find(command.keys, USER_AT);
  if (named < 0 || campaign.idUse.get(named) !== ID_USE.covered) {
    return about(campaign, "unknown_redemption", grant);
  }
  const cover = campaign.idTarget.get(named);
  const { late } = campaign;
  if (late.coverGrant.get(cover) !== grant) return about(campaign, "unknown_redemption", grant);
  if (late.coverTakenBack.get(cover) === 1) return about(campaign, "already_reversed", grant);
  write(campaign, command, cover, note, atMs, out);
  return takenBack(campaign, cover);
}

function takenBack(campaign: CampaignState, cover: number): Outcome {
  const { late } = campaign;
  const answer = about(campaign, "reversed", late.coverGrant.get(cover));
  answer.amountMinor = late.coverCharged.get(cover);
  answer.lostMinor = late.coverLost.get(cover);
  return answer;
}

function write(
  campaign: CampaignState,
  command: Command,
  cover: number,
  note: Note,
  atMs: number,
  out: EventWriter,
): void {
  const lostMinor = campaign.late.coverLost.get(cover);
  const kind = lostMinor > 0 ? "loss" : "contingency";
  const size = COVER.tail + noteWords(note);
  const at = out.begin(EVENT_KINDS[kind], campaign.ordinal, atMs, size, TAKEN_BACK);
  const { words } = out;
  words[at + COVER.grant] = command.grant;
  out.key(at + COVER.id, command.keys, ID_AT);
  words[at + COVER.fingerprint] = PRINT[0]!;
  words[at + COVER.fingerprint + 1] = PRINT[1]!;
  words[at + COVER.note] = noteLengths(note);
  out.wide(at + COVER.charged, campaign.late.coverCharged.get(cover));
  out.wide(at + COVER.lost, lostMinor);
  out.wide(at + COVER.of, cover);
  writeNote(note, out, at + COVER.tail);
}
