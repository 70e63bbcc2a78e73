// How long an event of each kind must be, and which of its bits mean something.

import {
  EXPOSED_EVENT,
  EXPOSURE_IMPORTED,
  STATED,
  STATED_ASSIGNED,
} from "../../core/assignment/exposure-event.ts";
import {
  ACCEPTED,
  ASSIGNED,
  CANCELLED,
  CLOSED,
  CURVE_REVISED,
  DRAW_CLOSED,
  DRAW_PLACE,
  DRAWS,
  ENTERED,
  type EventKind,
  EXPIRED,
  EXPOSES,
  GRANTED,
  HEAD,
  INVITED,
  LISTED,
  PART,
  REDEEMED,
  REHEARSED,
  RETURNED,
  REVERSED,
  SETTLED,
  SWEPT,
  TOTALS,
} from "../../core/event.ts";
import { BOUNDED, COVER, TAKEN_BACK } from "../../core/money/cover.ts";
import { wordsOfNote } from "../../core/note.ts";
import { BLOCK } from "../../core/suspicion/block-event.ts";
import { SUSPECT } from "../../core/suspicion/suspicion-event.ts";
import type { VerifiedEvent } from "./campaign.ts";
import { tailSize } from "./cells.ts";

/** Bits of an event's flags that its kind may set. */
export const FLAGS: Partial<Record<EventKind, number>> = {
  redeemed: 3,
  reversed: 3,
  packet_returned: 1,
  curve_revised: 7,
  swept: 7,
  assigned: STATED,
  exposed: STATED,
  granted: PART | EXPOSES | REHEARSED,
  withheld: PART | EXPOSES | DRAWS,
  accepted: 1,
  contingency: BOUNDED | TAKEN_BACK,
  loss: BOUNDED | TAKEN_BACK,
};

/** Bits of an event's counts that mean nothing yet. */
export function spareBits(kind: EventKind, { words, at }: VerifiedEvent): number {
  if (kind === "granted" || kind === "withheld") return words[at + GRANTED.counts]! >>> 24;
  return kind === "redeemed" ? words[at + REDEEMED.counts]! >>> 24 : 0;
}

/** Words that an event of the kind must have, counts in its body included. */
export function sizeOf(kind: EventKind, event: VerifiedEvent): number {
  switch (kind) {
    case "granted":
    case "withheld":
      return tailSize("claim", countsOf(event, GRANTED.counts));
    case "redeemed":
      return tailSize("redemption", countsOf(event, REDEEMED.counts)) + (event.flags & 2);
    case "cancelled":
      return CANCELLED.tail + 2 * countsOf(event, CANCELLED.counts);
    case "expired":
      return EXPIRED.tail + 2 * countsOf(event, EXPIRED.counts);
    case "reversed":
      return REVERSED.tail + 2 * countsOf(event, REVERSED.counts);
    case "draw_entered":
      return ENTERED.words;
    case "draw_closed":
      return DRAW_CLOSED.words;
    case "draw_won":
    case "draw_void":
      return DRAW_PLACE.words;
    case "packet_returned":
      return RETURNED.tail + 2 * countsOf(event, RETURNED.counts);
    case "held":
    case "released":
    case "extended":
    case "clawed_back":
    case "receivable_settled":
      return SUSPECT.tail + 2 * countsOf(event, SUSPECT.counts) + noteOf(event, SUSPECT.note);
    case "blocked":
    case "unblocked":
      return BLOCK.tail + noteOf(event, BLOCK.note);
    case "contingency":
    case "loss":
      return COVER.tail + 6 * countsOf(event, COVER.counts) + noteOf(event, COVER.note);
    case "invited":
      return INVITED.rest + 6 * ((countsOf(event, INVITED.terms) >>> 16) & 0xff);
    case "accepted":
      return ACCEPTED.words;
    case "assigned":
      return (event.flags & STATED) === 0 ? ASSIGNED.words : STATED_ASSIGNED.words;
    case "exposed":
      return (event.flags & STATED) === 0 ? ASSIGNED.arm : EXPOSED_EVENT.words;
    case "exposure_imported":
      return EXPOSURE_IMPORTED.words;
    case "swept":
      return SWEPT.words;
    case "listed":
      return LISTED.words;
    case "curve_revised":
      return CURVE_REVISED.words;
    case "settled":
      return SETTLED.words;
    case "totals":
      return TOTALS.words;
    case "closed":
      return CLOSED.words;
    case "opened":
    case "revised":
    case "proposed":
    case "rejected":
    case "compensated":
    case "beacon": // it holds its lengths, and its judge compares them
      return event.size;
    case "paused":
    case "resumed":
    case "ended":
      return HEAD.body;
  }
}

/** The word with an event's counts; 0, and so a wrong size, when the event ends before it. */
function countsOf({ words, at, size }: VerifiedEvent, word: number): number {
  return size <= word ? 0 : words[at + word]!;
}

/** Words of the texts at an event's end. */
function noteOf({ words, at, size }: VerifiedEvent, word: number): number {
  return size <= word ? 0 : wordsOfNote(words[at + word]!);
}
