// The campaign as claims meet it. What only draws, acceptances of invites or lists of compensation
// grant is left out, and the money that is set aside for it: a plan assumes nothing of it, and a
// ledger that knows claims alone can run the rest.
import { INVITER } from "../../core/caps/caps.ts";
import type { CampaignDefinition, OfferDefinition } from "../../core/definition.ts";
import { compensationLimit } from "./check-compensation.ts";

export function claimsOnly(definition: CampaignDefinition): CampaignDefinition {
  const { draws, invites, ...rest } = definition;
  const offers = rest.offers.filter(isClaimed);
  if (offers.length === rest.offers.length && draws === undefined) return definition;
  const left = new Set(rest.offers.filter((one) => !isClaimed(one)).map(({ id }) => id));
  const caps = rest.caps.filter(({ dimension }) => {
    if (dimension.startsWith(INVITER)) return false;
    const [kind, id] = dimension.split(":", 2);
    return !(kind === "offer" && left.has(id!));
  });
  return { ...rest, budgetMinor: rest.budgetMinor - setAsideMinor(definition), offers, caps };
}

function isClaimed({ draw, by, reward }: OfferDefinition): boolean {
  return draw === undefined && by === undefined && reward.kind !== "compensation";
}

/** What is set aside for prizes of draws and for compensation, which no wave's budget has. */
export function setAsideMinor(definition: CampaignDefinition): number {
  return definition.offers.reduce((sum, { draw, reward }) => {
    return draw === undefined || reward.kind !== "pot" ? sum : sum + reward.totalMinor;
  }, compensationLimit(definition));
}
