// Decides blocks: by an operator's word, or by a cap that says that who asks beyond it is blocked.

import type { Cap } from "../caps/caps.ts";
import type { Command } from "../command.ts";
import { EVENT_KINDS, type EventWriter } from "../event.ts";
import type { GrantSide } from "../grants/grant-side.ts";
import { type Note, noteLengths, noteWords, writeNote } from "../note.ts";
import type { CampaignState } from "../state.ts";
import { BLOCK } from "./block-event.ts";
import { names } from "./blocked.ts";
import { FOR_GOOD, subjectAt } from "./blocks.ts";

const NO_NOTE: Note = {
  by: new Uint8Array(0),
  why: new Uint8Array(0),
  evidence: new Uint8Array(0),
};

/**
 * Blocks who the command names, until an instant or for good. No event where that is so already.
 * @param subject 0: the command's user, else 1 + an attribute that it has
 * @returns whether anything changed
 */
export function decideBlock(
  campaign: CampaignState,
  command: Command,
  subject: number,
  untilMs: number,
  note: Note,
  atMs: number,
  out: EventWriter,
): boolean {
  const standing = campaign.blocks.of[subject]!.untilOf(command.keys, subjectAt(subject));
  if (standing === untilMs) return false;
  write(campaign, EVENT_KINDS.blocked, command, subject, -1, untilMs, note, atMs, out);
  return true;
}

/** Ends a block. @returns whether there was one */
export function decideUnblock(
  campaign: CampaignState,
  command: Command,
  subject: number,
  note: Note,
  atMs: number,
  out: EventWriter,
): boolean {
  const standing = campaign.blocks.of[subject]!.untilOf(command.keys, subjectAt(subject));
  if (atMs >= standing) return false;
  write(campaign, EVENT_KINDS.unblocked, command, subject, -1, 0, note, atMs, out);
  return true;
}

/**
 * After a claim that asked beyond caps: whoever one of them says is blocked, is, each once and by
 * the cap that does it longest. The claim's own answer stays what the first cap made it.
 */
export function blockBeyond(
  campaign: CampaignState,
  side: GrantSide,
  atMs: number,
  out: EventWriter,
): void {
  let longest: Map<number, Cap> | null = null;
  for (const cap of side.set.caps) {
    const { blockMs } = cap.definition;
    if (blockMs === undefined || !isBeyond(campaign, side, cap, atMs)) continue;
    const subject = cap.attribute + 1;
    const before = longest?.get(subject)?.definition.blockMs ?? 0;
    longest ??= new Map();
    if (blockMs > before) longest.set(subject, cap);
  }
  if (longest === null) return;
  for (const [subject, cap] of longest) {
    const untilMs = atMs + cap.definition.blockMs!;
    const { blocked } = EVENT_KINDS;
    write(campaign, blocked, side.command, subject, cap.ordinal, untilMs, NO_NOTE, atMs, out);
  }
}

/** What came without the attribute shares a cell, and blocks nobody. */
function isBeyond(
  { calendar }: CampaignState,
  { command, user, cells, amountMinor }: GrantSide,
  cap: Cap,
  atMs: number,
): boolean {
  if (!names(command, cap.attribute + 1)) return false;
  const row = cap.attribute < 0 ? user : cells.rows[cap.attribute]!;
  const charge = cap.money ? amountMinor : 1;
  return !(cap.used(row, calendar.windowAt(cap.per, atMs)) + charge <= cap.limit);
}

function write(
  campaign: CampaignState,
  kind: number,
  command: Command,
  subject: number,
  cap: number,
  untilMs: number,
  note: Note,
  atMs: number,
  out: EventWriter,
): void {
  const { keys } = campaign.blocks.of[subject]!;
  const known = keys.find(command.keys, subjectAt(subject));
  const at = out.begin(kind, campaign.ordinal, atMs, BLOCK.tail + noteWords(note));
  out.words[at + BLOCK.subject] = subject | ((cap + 1) << 16);
  out.words[at + BLOCK.ordinal] = known >= 0 ? known : keys.count;
  out.key(at + BLOCK.key, command.keys, subjectAt(subject));
  out.wide(at + BLOCK.until, untilMs === FOR_GOOD ? 0 : untilMs);
  out.words[at + BLOCK.note] = noteLengths(note);
  writeNote(note, out, at + BLOCK.tail);
}
