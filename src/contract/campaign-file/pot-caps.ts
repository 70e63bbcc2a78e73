// The caps of split pots: what counts the packets that are out is a cap like any other.
import {
  type CapDefinition,
  type OfferDefinition,
  type PotReward,
  potCapId,
} from "../../core/definition.ts";

/** One cap a pot: it counts the packets that are out. */
export function potCaps(offers: readonly OfferDefinition[]): CapDefinition[] {
  return offers.flatMap(({ id, reward }) => (reward.kind === "pot" ? [potCap(id, reward)] : []));
}

function potCap(offer: string, { packets }: PotReward): CapDefinition {
  return {
    id: potCapId(offer),
    dimension: `offer:${offer}`,
    counts: "grants",
    per: "total",
    limit: packets,
    on: "claim",
    refund: true,
    missing: "refuse",
  };
}
