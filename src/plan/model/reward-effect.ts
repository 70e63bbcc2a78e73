// What a reward of another size changes beside the money: who comes for it, who claims it, who
// tells others of it. All three follow the amount by one elasticity.
import type { CampaignInputs, OfferInputs } from "./inputs.ts";
import type { HourlyTerms } from "./terms.ts";

/** The draw as these amounts have it; where they are as stated, the draw itself. */
export function withRewards(terms: HourlyTerms, draw: CampaignInputs): CampaignInputs {
  const { rewardRatio, offers } = terms;
  const { elasticityReward: elasticity } = draw;
  const isAsStated = rewardRatio === 1 && offers.every((offer) => (offer.rewardRatio ?? 1) === 1);
  if (isAsStated || elasticity === 0) return draw;
  // People come for the first offer of the campaign, and tell others of that.
  const ofFirst = rewardRatio ** elasticity;
  return {
    ...draw,
    people: draw.people * ofFirst,
    invites: draw.invites * ofFirst,
    offers: draw.offers.map((offer, i): OfferInputs => {
      const by = (offers[i]!.rewardRatio ?? 1) ** elasticity;
      const takeUp = Math.min(1, offer.takeUp * by);
      return { ...offer, takeUp, returning: Math.min(1, offer.returning * by) };
    }),
  };
}
