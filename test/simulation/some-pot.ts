// Small split pots: one to four packets, minimum and maximum that leave much room, little or none.
import type { CapDefinition, OfferDefinition, PotReward } from "../../src/core/definition.ts";
import type { Chance } from "./chance.ts";

/** Makes one of the offers a pot, which the budget holds. */
export function somePot(
  chance: Chance,
  offers: OfferDefinition[],
  budgetMinor: number,
  unit: number,
): void {
  const packets = Math.min(chance.int(1, 4), Math.floor(budgetMinor / unit));
  const units = Math.min(packets + chance.int(0, 6), Math.floor(budgetMinor / unit));
  const totalMinor = units * unit;
  const least = chance.pick([1, 1, unit, Math.floor(totalMinor / packets)]);
  const most = chance.pick([totalMinor, Math.ceil(totalMinor / packets), 3 * unit]);
  const reward: PotReward = {
    kind: "pot",
    totalMinor,
    packets,
    minMinor: Math.min(least, Math.floor(totalMinor / packets)),
    maxMinor: Math.max(most, Math.ceil(totalMinor / packets)),
  };
  const offer = chance.int(0, offers.length - 1);
  offers[offer] = { ...offers[offer]!, reward };
}

/** The cap that says when a pot is empty. */
export function potCaps(offers: readonly OfferDefinition[]): CapDefinition[] {
  return offers.flatMap(({ id, reward }) => {
    if (reward.kind !== "pot") return [];
    const total = { counts: "grants", per: "total", limit: reward.packets } as const;
    const rest = { on: "claim", refund: true, missing: "refuse" } as const;
    return [{ id: `pot:${id}`, dimension: `offer:${id}`, ...total, ...rest }];
  });
}
