// Payments that no reward could cover, in names and numbers.

import type { CampaignDefinition } from "../definition.ts";
import { readWide } from "../event.ts";
import { attributesIn } from "../invites/invite-view.ts";
import { readNote } from "../note.ts";
import { keyHex } from "../tables/key-hex.ts";
import { COVER, TAKEN_BACK } from "./cover.ts";

export function coverFields(
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
): Record<string, unknown> {
  const attributes = words[at + COVER.counts]!;
  const noteAt = at + COVER.tail + 6 * attributes;
  const isBack = ((words[at]! >>> 8) & TAKEN_BACK) !== 0;
  // Below zero where they go back, so that whoever adds events up is right.
  const sign = isBack ? -1 : 1;
  return {
    grant: words[at + COVER.grant],
    id: keyHex(words, at + COVER.id),
    line: definition.contingency?.line ?? null,
    chargedMinor: sign * readWide(words, at + COVER.charged) + 0,
    lostMinor: sign * readWide(words, at + COVER.lost) + 0,
    paidAtMs: isBack ? null : readWide(words, at + COVER.paidAt),
    takesBack: isBack ? readWide(words, at + COVER.of) : null,
    attributes: attributesIn(words, at + COVER.tail, attributes, definition),
    ...readNote(words, noteAt, words[at + COVER.note]!),
  };
}
