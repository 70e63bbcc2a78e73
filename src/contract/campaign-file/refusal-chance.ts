// How likely it is, before anything is given out, that a holder is refused because more is redeemed
// than the budget holds.
import {
  type CampaignDefinition,
  ceilingOf,
  type RewardDefinition,
} from "../../core/definition.ts";
import { betaBinomialUpperTail } from "../../stats/index.ts";
import { compensationLimit } from "./check-compensation.ts";

export interface RefusalChance {
  /** That anybody at all is refused. */
  chance: number;
  /** Money that is given out and redeemed without being set aside: at most, and covered. */
  issuedMinor: number;
  coveredMinor: number;
  /** So many grants of one size stand for all of it. */
  grants: number;
}

/**
 * Of so many grants as the ceiling allows each is redeemed with one common chance, which nobody
 * knows exactly: beta-binomial. Grants of unlike size count as fewer ones of the size
 * E[a^2] / E[a], whose sum spreads as theirs does; of several offers the greatest such size.
 * Once what expired has used the over-issue up, only what the budget covers is granted, so that no
 * later grant adds to it. Null: without over-issue, or where every offer has its money set aside
 * (or is not sound).
 */
export function refusalChance(definition: CampaignDefinition): RefusalChance | null {
  const { overissue, budgetMinor, offers } = definition;
  if (overissue === undefined) return null;
  let setAsideMinor = compensationLimit(definition);
  let unitMinor = 0;
  for (const { reward } of offers) {
    if (reward.kind === "pot") setAsideMinor += reward.totalMinor;
    else if (reward.kind !== "compensation") unitMinor = Math.max(unitMinor, sizeOf(reward));
  }
  const issuedMinor = ceilingOf(definition) - setAsideMinor;
  const coveredMinor = budgetMinor - setAsideMinor;
  if (!(unitMinor > 0) || !(coveredMinor >= 0)) return null;
  const grants = Math.floor(issuedMinor / unitMinor);
  const refusedFrom = Math.floor(coveredMinor / unitMinor) + 1;
  const { redeemedShare, deviation } = overissue;
  const chance =
    refusedFrom > grants ? 0 : betaBinomialUpperTail(refusedFrom, grants, redeemedShare, deviation);
  return { chance, issuedMinor, coveredMinor, grants };
}

function sizeOf(reward: Extract<RewardDefinition, { kind: "fixed" | "table" }>): number {
  if (reward.kind === "fixed") return reward.amountMinor;
  let [sum, squares] = [0, 0];
  for (const { amountMinor, odds } of reward.entries) {
    sum += odds * amountMinor;
    squares += odds * amountMinor ** 2;
  }
  return sum > 0 ? squares / sum : 0;
}
