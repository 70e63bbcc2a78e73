// The events of invites as plain objects.
import type { CampaignDefinition } from "../definition.ts";
import { ACCEPTED, INVITED, readWide } from "../event.ts";
import { keyHex } from "../tables/key-hex.ts";

type Fields = Record<string, unknown>;

export const INVITE_READERS: Record<
  "invited" | "accepted",
  (words: Uint32Array, at: number, definition: CampaignDefinition) => Fields
> = {
  invited: (words: Uint32Array, at: number, definition: CampaignDefinition) => {
    const packed = words[at + INVITED.terms]!;
    return {
      invite: words[at + INVITED.invite],
      terms: definition.invites![packed & 0xffff]!.id,
      id: keyHex(words, at + INVITED.id),
      user: keyHex(words, at + INVITED.userKey),
      attributes: attributesIn(words, at + INVITED.rest, (packed >>> 16) & 0xff, definition),
    };
  },
  accepted: (words: Uint32Array, at: number) => {
    const withheld = (words[at]! & 0x100) !== 0;
    return {
      acceptance: withheld ? null : words[at + ACCEPTED.acceptance],
      invite: words[at + ACCEPTED.invite],
      id: keyHex(words, at + ACCEPTED.id),
      user: keyHex(words, at + ACCEPTED.userKey),
      inviterAmountMinor: readWide(words, at + ACCEPTED.inviterAmount),
      withheld,
    };
  },
};

/** Attributes of an event, by name. */
export function attributesIn(
  words: Uint32Array,
  at: number,
  count: number,
  definition: CampaignDefinition,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (let i = at; i < at + 6 * count; i += 6) {
    values[definition.attributes[words[i]!]!] = keyHex(words, i + 2);
  }
  return values;
}
