// The events of draws as plain objects.
import type { CampaignDefinition } from "../definition.ts";
import { DRAW_CLOSED, DRAW_PLACE, ENTERED, readWide, VOID_BECAUSE } from "../event.ts";
import { keyHex } from "../tables/key-hex.ts";

type Reader = (
  words: Uint32Array,
  at: number,
  definition: CampaignDefinition,
) => Record<string, unknown>;

export const DRAW_READERS: Record<
  "draw_entered" | "draw_closed" | "draw_won" | "draw_void",
  Reader
> = {
  draw_entered: (words, at, definition) => {
    const packed = words[at + ENTERED.draw]!;
    const entry = words[at + ENTERED.entry]!;
    return {
      draw: definition.draws![packed & 0xffff]!.id,
      entry: entry === 0xffffffff ? null : entry,
      earned: packed >>> 16 === 2,
      id: keyHex(words, at + ENTERED.id),
      user: keyHex(words, at + ENTERED.userKey),
    };
  },
  draw_closed: (words, at, definition) => ({
    draw: definition.draws![words[at + DRAW_CLOSED.draw]!]!.id,
    entries: words[at + DRAW_CLOSED.entries],
    round: readWide(words, at + DRAW_CLOSED.round) || null,
  }),
  draw_won: (words, at, definition) => {
    return { ...placeFields(words, at, definition), grant: words[at + DRAW_PLACE.rest] };
  },
  draw_void: (words, at, definition) => ({
    ...placeFields(words, at, definition),
    because: words[at + DRAW_PLACE.rest] === VOID_BECAUSE.won ? "won before" : "blocked",
  }),
};

function placeFields(
  words: Uint32Array,
  at: number,
  { draws }: CampaignDefinition,
): Record<string, unknown> {
  return {
    draw: draws![words[at + DRAW_PLACE.draw]!]!.id,
    place: words[at + DRAW_PLACE.place],
    point: words[at + DRAW_PLACE.point],
    entry: words[at + DRAW_PLACE.entry],
  };
}
