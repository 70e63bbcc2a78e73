// The batches of compensation that were stated, and how many grants each has. A batch states how
// many lines its list has, so that it cannot grow: no more grants than that are made in its name.

import type { CampaignState } from "../state.ts";
import type { StatedBatch } from "./compensation-batch.ts";

/** The batch of a name; undefined where none was stated. */
export function statedBatch(campaign: CampaignState, name: string): StatedBatch | undefined {
  return campaign.compensations.find(({ batch }) => batch === name);
}

/** Counts a grant into the batch that its mark, so many bytes at a word, names. */
export function countMadeGood(
  campaign: CampaignState,
  words: Uint32Array,
  at: number,
  bytes: number,
): void {
  const mark = new Uint8Array(words.buffer, words.byteOffset + 4 * at, bytes);
  const stated = statedBatch(campaign, new TextDecoder().decode(mark));
  if (stated !== undefined) stated.grants += 1;
}
