// Which wave an offer belongs to. In a definition every offer names one; not all mean it.
import type { CampaignDefinition, OfferDefinition, WaveDefinition } from "./definition.ts";

/** The wave whose time and money an offer is of; null: prizes and compensation belong to none. */
export function waveOfOffer(
  { waves }: Pick<CampaignDefinition, "waves">,
  { draw, reward, wave }: OfferDefinition,
): WaveDefinition | null {
  return draw !== undefined || reward.kind === "compensation" ? null : waves[wave]!;
}
