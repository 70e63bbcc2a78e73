// Split pots of a campaign file, and the caps that follow from them: what counts the packets that
// are out is a cap like any other.
import {
  type CapDefinition,
  type OfferDefinition,
  type PotReward,
  potCapId,
} from "../../core/definition.ts";
import type { PotEntry } from "./file-schema.ts";

export function resolvePot(
  pot: PotEntry,
  amountOf: (key: "total" | "min" | "max") => number,
): PotReward {
  const { packets } = pot;
  const [totalMinor, minMinor, maxMinor] = [amountOf("total"), amountOf("min"), amountOf("max")];
  return { kind: "pot", totalMinor, packets, minMinor, maxMinor };
}

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
