// What offers can give: as far as the caps reach that hold for good, of which the budget of a wave
// is one, and the stock of an offer or the packets of a pot another. What a user, a day or a curve
// leaves for now is not looked at: it comes again.
import type { Cap } from "../core/caps/caps.ts";
import { type CampaignDefinition, type CapDefinition, greatestOf } from "../core/definition.ts";

/** A cap that claims of an offer are charged to, and what its cells hold. */
export interface CapUse {
  definition: CapDefinition;
  used(row: number): number;
}

/** As if nothing were granted yet. */
export function unused({ definition }: Pick<Cap, "definition">): CapUse {
  return { definition, used: () => 0 };
}

/** @returns minor units; more than the campaign has, where nothing but its budget bounds it */
export function roomOf(
  { offers, budgetMinor }: CampaignDefinition,
  offer: number,
  caps: readonly CapUse[],
): number {
  const { reward, wave } = offers[offer]!;
  const rooms = caps.flatMap(({ definition, used }) => {
    const { dimension, per, counts, limit, curve } = definition;
    const row = rowOf(dimension, offer, wave);
    if (row === null || per !== "total" || curve !== undefined) return [];
    const left = Math.max(0, limit - used(row));
    return [counts === "money" ? left : left * greatestOf(reward)];
  });
  const packetsMinor = reward.kind === "pot" ? reward.totalMinor : budgetMinor;
  return Math.min(packetsMinor, ...rooms);
}

/** The one cell that all claims of the offer are charged to; null: each user has an own one. */
function rowOf(dimension: string, offer: number, wave: number): number | null {
  if (dimension === "offer") return offer;
  if (dimension === "wave") return wave;
  const isSingle = dimension === "campaign" || /^(wave|offer):/.test(dimension);
  return isSingle ? 0 : null;
}
