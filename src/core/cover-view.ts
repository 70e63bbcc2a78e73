// Payments that no reward could cover, in names and numbers.
import { COVER } from "./cover.ts";
import type { CampaignDefinition } from "./definition.ts";
import { readWide } from "./event.ts";
import { attributesIn } from "./invite-view.ts";
import { keyHex } from "./key-hex.ts";
import { readNote } from "./note.ts";

export function coverFields(
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
): Record<string, unknown> {
  const attributes = words[at + COVER.counts]!;
  const noteAt = at + COVER.tail + 6 * attributes;
  return {
    grant: words[at + COVER.grant],
    id: keyHex(words, at + COVER.id),
    line: definition.contingency?.line ?? null,
    chargedMinor: readWide(words, at + COVER.charged),
    lostMinor: readWide(words, at + COVER.lost),
    paidAtMs: readWide(words, at + COVER.paidAt),
    attributes: attributesIn(words, at + COVER.tail, attributes, definition),
    ...readNote(words, noteAt, words[at + COVER.note]!),
  };
}
