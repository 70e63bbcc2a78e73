// Split pots of a campaign file, and the caps that follow from them: what counts the packets that
// are out is a cap like any other.
import { z } from "zod";
import { LIMITS } from "../../base/limits.ts";
import {
  type CapDefinition,
  type OfferDefinition,
  type PotReward,
  potCapId,
} from "../../core/definition.ts";
import { amount, EXPECTED } from "./file-values.ts";

export interface PotEntry {
  total: number;
  packets: number;
  min: number;
  max: number;
}

export const potSchema: z.ZodType<PotEntry> = z
  .strictObject({
    total: amount("What all packets add up to; set aside when the campaign opens."),
    packets: z
      .int()
      .min(1)
      .max(LIMITS.packets)
      .meta({ description: "How many packets the pot is split into; each claim takes one." })
      .register(EXPECTED, { expected: `a whole number from 1 to ${LIMITS.packets}` }),
    min: amount("No packet holds less."),
    max: amount("No packet holds more."),
  })
  .meta({ description: "Luck: a sum split into packets of chance amounts that add up to it." });

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
