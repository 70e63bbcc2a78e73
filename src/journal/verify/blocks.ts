// Judges blocks: who is blocked until when by the events alone, that nobody who is gets anything,
// and that a cap blocks only whom its own terms name and who filled it.

import type { CapDefinition } from "../../core/definition.ts";
import { readWide } from "../../core/event.ts";
import { BLOCK } from "../../core/suspicion/block-event.ts";
import type { VerifiedCampaign, VerifiedEvent } from "./campaign.ts";
import type { CapBook } from "./caps.ts";
import type { EventAttributes } from "./cells.ts";
import type { KeyBook } from "./columns.ts";
import type { Findings } from "./findings.ts";

const USER = 0;
const WORDS_OF_ATTRIBUTE = 6;

/** The ends of blocks, by whom they are of. */
export class BlockBook {
  private readonly untilMs = new Map<string, number>();
  /** By subject: keys in the order in which they were first blocked. */
  private readonly ordinals: Map<string, number>[] = [];

  get isEmpty(): boolean {
    return this.untilMs.size === 0;
  }

  /** When the block of a key ends; 0: there is none. */
  untilOf(subject: number, words: ArrayLike<number>, at: number): number {
    return this.untilMs.get(nameOf(subject, words, at)) ?? 0;
  }

  set(subject: number, words: ArrayLike<number>, at: number, untilMs: number): void {
    this.untilMs.set(nameOf(subject, words, at), untilMs);
  }

  /** The ordinal that the events must give a key. */
  ordinalOf(subject: number, words: ArrayLike<number>, at: number): number {
    this.ordinals[subject] ??= new Map();
    const known = this.ordinals[subject];
    const name = nameOf(subject, words, at);
    const ordinal = known.get(name) ?? known.size;
    known.set(name, ordinal);
    return ordinal;
  }
}

function nameOf(subject: number, words: ArrayLike<number>, at: number): string {
  return `${subject} ${words[at]} ${words[at + 1]} ${words[at + 2]} ${words[at + 3]}`;
}

export function judgeBlock(
  campaign: VerifiedCampaign,
  event: VerifiedEvent,
  isBlock: boolean,
  findings: Findings,
): void {
  const { words, at, atMs } = event;
  const { blocks: book, definition } = campaign;
  findings.counts.blocks += 1;
  const subject = words[at + BLOCK.subject]! & 0xffff;
  const cap = (words[at + BLOCK.subject]! >>> 16) - 1;
  const wrong = (expected: string, found: string): void =>
    findings.wrong("blocks", expected, found);
  if (subject > definition.attributes.length) {
    return wrong(`a user, or one of ${definition.attributes.length} attributes`, `${subject}`);
  }
  const keyAt = at + BLOCK.key;
  const ordinal = book.ordinalOf(subject, words, keyAt);
  findings.same("blocks", "key", ordinal, words[at + BLOCK.ordinal]!);
  if (campaign.phase === "closed") wrong("a campaign not closed", "a closed one");
  const said = readWide(words, at + BLOCK.until);
  const untilMs = said === 0 ? Number.POSITIVE_INFINITY : said;
  const standing = book.untilOf(subject, words, keyAt);
  if (isBlock) {
    if (untilMs <= atMs) wrong(`an end after ${atMs}`, `${untilMs}`);
    if (standing === untilMs) wrong("a block that is new, or ends elsewhere", "the same again");
  } else {
    if (atMs >= standing) wrong("somebody who is blocked", "nobody");
    if (said !== 0) wrong("no end", `${said}`);
  }
  if (cap >= 0) judgeByCap(campaign, event, { subject, cap, standing, untilMs }, findings);
  else if (words[at + BLOCK.note]! >>> 16 === 0) wrong("a reason", "none");
  book.set(subject, words, keyAt, isBlock ? untilMs : 0);
}

interface ByCap {
  subject: number;
  cap: number;
  standing: number;
  untilMs: number;
}

/** A cap blocks for as long as it says, and only once its cell has no room for every claim. */
function judgeByCap(
  campaign: VerifiedCampaign,
  { words, at, atMs }: VerifiedEvent,
  { subject, cap, standing, untilMs }: ByCap,
  findings: Findings,
): void {
  const wrong = (expected: string, found: string): void =>
    findings.wrong("blocks", expected, found);
  const book = campaign.caps[cap];
  const isOwn = book !== undefined && book.attribute === subject - 1;
  const { blockMs } = book?.definition ?? {};
  if (book === undefined || !isOwn || blockMs === undefined) {
    return wrong("a cap that blocks such a one", `cap ${cap}`);
  }
  if (untilMs !== atMs + blockMs) wrong(`an end at ${atMs + blockMs}`, `${untilMs}`);
  if (atMs < standing) wrong("somebody not blocked yet", `one blocked until ${standing}`);
  if (words[at + BLOCK.note] !== 0) wrong("no note of a person", "one");
  const row = keysOf(campaign, subject).find(words, at + BLOCK.key);
  const window = campaign.calendar.windowOf(book.definition.per, atMs);
  const used = row < 0 ? 0 : book.used(row, window);
  const most = mostOf(campaign, book);
  if (used + most > book.definition.limit) return;
  wrong(`more than ${book.definition.limit - most} of cap ${book.definition.id} used`, `${used}`);
}

function keysOf(campaign: VerifiedCampaign, subject: number): KeyBook {
  return subject === USER ? campaign.users : campaign.values[subject - 1]!;
}

/** The most that one claim is charged. */
function mostOf({ definition }: VerifiedCampaign, { definition: cap }: CapBook): number {
  if (cap.counts === "grants") return 1;
  return Math.max(
    ...definition.offers.map(({ reward }) => {
      if (reward.kind === "fixed") return reward.amountMinor;
      if (reward.kind !== "table") return reward.maxMinor;
      return Math.max(...reward.entries.map(({ amountMinor }) => amountMinor));
    }),
  );
}

/** A cap that blocks counts claims of users, or by an attribute. */
export function isBlockingCap(cap: CapDefinition, attributes: readonly string[]): boolean {
  const { blockMs, on, dimension } = cap;
  if (blockMs === undefined) return true;
  const isWho = dimension === "user" || attributes.includes(dimension);
  return on === "claim" && isWho && Number.isSafeInteger(blockMs) && blockMs > 0;
}

/** That neither the user nor a value that came in the event is blocked. */
export function checkFree(
  campaign: VerifiedCampaign,
  { words, atMs }: VerifiedEvent,
  userAt: number,
  attributesAt: number,
  attributes: number,
  findings: Findings,
): void {
  findings.counts.blocks += 1;
  const { blocks: book } = campaign;
  if (book.isEmpty) return;
  const refuse = (who: string): void => findings.wrong("blocks", "nobody who is blocked", who);
  if (atMs < book.untilOf(USER, words, userAt)) refuse("a blocked user");
  for (let i = 0; i < attributes; i++) {
    const place = attributesAt + WORDS_OF_ATTRIBUTE * i;
    if (atMs >= book.untilOf(words[place]! + 1, words, place + 2)) continue;
    refuse(`a blocked ${campaign.definition.attributes[words[place]!]}`);
  }
}

/** Whether a user is blocked, or one of the values that are known of him by their rows. */
export function isRowBlocked(
  campaign: VerifiedCampaign,
  user: number,
  attributes: EventAttributes | null,
  atMs: number,
): boolean {
  const { blocks: book } = campaign;
  if (book.isEmpty) return false;
  const of = (subject: number, row: number): boolean => {
    const keys = keysOf(campaign, subject);
    const key = [0, 1, 2, 3].map((word) => keys.word(row, word));
    return atMs < book.untilOf(subject, key, 0);
  };
  if (of(USER, user)) return true;
  return attributes?.given.some((given, i) => given && of(i + 1, attributes.rows[i]!)) ?? false;
}
