// The events of blocks: their layout, what they add to the state, and how they read.

import type { CampaignDefinition } from "../definition.ts";
import { readWide } from "../event.ts";
import { readNote } from "../note.ts";
import type { CampaignState } from "../state.ts";
import { keyHex } from "../tables/key-hex.ts";
import type { BlockedKeys } from "./blocks.ts";
import { FOR_GOOD, USER_SUBJECT } from "./blocks.ts";

/** blocked and unblocked; then the note's texts. */
export const BLOCK = {
  /** 0: a user, else 1 + attribute; the cap that did it + 1, << 16. */
  subject: 2,
  /** Of the key among those of its kind that were ever blocked. */
  ordinal: 3,
  key: 4,
  /** blocked: the end, exclusive; 0: for good. Wide. */
  until: 8,
  /** Lengths of the note's texts: by | evidence << 8 | why << 16. */
  note: 10,
  tail: 11,
} as const;

export function applyBlocked(campaign: CampaignState, words: Uint32Array, at: number): void {
  const { counts } = campaign.blocks;
  const until = readWide(words, at + BLOCK.until);
  setUntil(campaign, words, at, until === 0 ? FOR_GOOD : until);
  if (words[at + BLOCK.subject]! >>> 16 === 0) counts.listed += 1;
  else counts.byCap += 1;
}

export function applyUnblocked(campaign: CampaignState, words: Uint32Array, at: number): void {
  setUntil(campaign, words, at, 0);
  campaign.blocks.counts.lifted += 1;
}

function setUntil(campaign: CampaignState, words: Uint32Array, at: number, untilMs: number): void {
  const of: BlockedKeys = campaign.blocks.of[words[at + BLOCK.subject]! & 0xffff]!;
  const ordinal = words[at + BLOCK.ordinal]!;
  of.keys.intern(words, at + BLOCK.key, ordinal);
  of.untilMs.set(ordinal, untilMs);
}

export function blockedFields(
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
): Record<string, unknown> {
  const cap = (words[at + BLOCK.subject]! >>> 16) - 1;
  return {
    ...unblockedFields(words, at, definition),
    untilMs: readWide(words, at + BLOCK.until) || null,
    cap: cap < 0 ? null : definition.caps[cap]!.id,
  };
}

/** A user, or an attribute with its value, both as pseudonyms; by whom, and why. */
export function unblockedFields(
  words: Uint32Array,
  at: number,
  { attributes }: CampaignDefinition,
): Record<string, unknown> {
  const subject = words[at + BLOCK.subject]! & 0xffff;
  const key = keyHex(words, at + BLOCK.key);
  const who =
    subject === USER_SUBJECT ? { user: key } : { attribute: attributes[subject - 1], value: key };
  return { ...who, ...readNote(words, at + BLOCK.tail, words[at + BLOCK.note]!) };
}
