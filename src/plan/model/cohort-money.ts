// Whom a campaign's money went to: by wave, and by how people came. Every cost is given to
// somebody, so that cohorts add up to the campaign.
import type { Arrivals } from "./arrival-counts.ts";
import { furtherRewards } from "./further-rewards.ts";
import type { CampaignInputs } from "./inputs.ts";
import type { OfferRun } from "./offer-run.ts";
import type { WaveComers } from "./wave-comers.ts";

/** How people came: by themselves, by an invite, or long before the campaign. */
export const ORIGINS = ["own", "invited", "existing"] as const;
const [OWN, INVITED, EXISTING] = [0, 1, 2];

export class CohortMoney {
  readonly otherCostOfWave: Float64Array;
  readonly displacedOfWave: Float64Array;
  /** Rewards, calls, fees, marketing and own margin displaced. */
  readonly costOfOrigin: Float64Array = new Float64Array(ORIGINS.length);
  private readonly weights = new Float64Array(ORIGINS.length);

  constructor(waves: number) {
    this.otherCostOfWave = new Float64Array(waves);
    this.displacedOfWave = new Float64Array(waves);
  }

  /** @param orders of the whole campaign */
  count(
    draw: CampaignInputs,
    arrivals: Arrivals,
    comers: readonly WaveComers[],
    offers: readonly OfferRun[],
    orders: number,
  ): void {
    const { otherCostOfWave, displacedOfWave, costOfOrigin, weights } = this;
    const { people } = arrivals;
    const perFailed = draw.callsPerRefused * draw.callCost;
    const perOrder = draw.callsPerOrder * draw.callCost + draw.feeRedemption;
    // Marketing is for people who come by themselves, in whichever wave.
    for (let wave = 0; wave < otherCostOfWave.length; wave++) {
      const share = people > 0 ? arrivals.ofWave[wave]! / people : wave === 0 ? 1 : 0;
      otherCostOfWave[wave] = draw.marketing * share;
    }
    displacedOfWave.fill(0);
    costOfOrigin.fill(0);
    costOfOrigin[OWN] = draw.marketing;
    const free = this.ordersOf(draw, offers, orders);
    for (let i = 0; i < offers.length; i++) {
      const { wave, grantedInAll, spentInAll, failedInAll, grants } = offers[i]!;
      const given = grantedInAll / grants.reward;
      const paid = grants.reward * draw.offers[i]!.used;
      const own = paid > 0 ? spentInAll / paid : free;
      const other = own * perOrder + failedInAll * perFailed + given * draw.feeGrant;
      const displaced = own * draw.cannibalised * draw.orderMargin;
      otherCostOfWave[wave] = otherCostOfWave[wave]! + other;
      displacedOfWave[wave] = displacedOfWave[wave]! + displaced;
      this.weigh(draw, arrivals, comers[wave]!, offers[i]!, given);
      const cost = spentInAll + other + displaced;
      for (let o = 0; o < weights.length; o++) {
        costOfOrigin[o] = costOfOrigin[o]! + cost * weights[o]!;
      }
    }
  }

  /** Orders of each offer that pays nothing an order: what the others leave, evenly. */
  private ordersOf(draw: CampaignInputs, offers: readonly OfferRun[], orders: number): number {
    let [left, unpaid] = [orders, 0];
    for (let i = 0; i < offers.length; i++) {
      const paid = offers[i]!.grants.reward * draw.offers[i]!.used;
      if (paid > 0) left -= offers[i]!.spentInAll / paid;
      else unpaid += 1;
    }
    return unpaid > 0 ? Math.max(0, left) / unpaid : 0;
  }

  /** Parts of an offer's grants by whom they were for; those of bots are everybody's burden. */
  private weigh(
    draw: CampaignInputs,
    { people, own, ofWave }: Arrivals,
    { having, havingInvited }: WaveComers,
    { index, wave, freshInAll, knownInAll, mostPerUser }: OfferRun,
    given: number,
  ): void {
    const { weights } = this;
    const { abuse, byInvites } = draw.offers[index]!;
    const ofAll = people > 0 ? 1 - own / people : 0;
    const invited = having > 0 ? havingInvited / having : ofAll;
    let earlier = 0;
    for (let before = 0; before < wave; before++) earlier += ofWave[before]!;
    const others = draw.existing + earlier;
    const existing = others > 0 ? draw.existing / others : 0;
    const firsts = freshInAll + knownInAll;
    const further = Math.max(0, given * (1 - (abuse ?? draw.abuse)) - firsts);
    const forInvites = further * partForInvites(draw, byInvites, mostPerUser);
    // What somebody collects beside his invites is his own.
    const scale = firsts > 0 ? 1 + (further - forInvites) / firsts : 1;
    const newcomers = (freshInAll + knownInAll * (1 - existing)) * scale;
    weights[OWN] = newcomers * (1 - invited);
    weights[INVITED] = newcomers * invited + forInvites;
    weights[EXISTING] = knownInAll * existing * scale;
    const sum = weights[OWN]! + weights[INVITED]! + weights[EXISTING]!;
    if (!(sum > 0)) weights.fill(0);
    if (!(sum > 0)) weights[OWN] = 1;
    else for (let o = 0; o < weights.length; o++) weights[o] = weights[o]! / sum;
  }
}

/** Of the rewards beyond a claimer's first those that invites bring. */
function partForInvites(draw: CampaignInputs, byInvites: number, most: number): number {
  if (!(draw.collectors > 0)) return 1;
  const { mean } = furtherRewards(draw, byInvites, most);
  const collected = Number.isFinite(most) ? draw.collectors * Math.max(0, most - 1) : 0;
  return mean > 0 ? Math.max(0, 1 - collected / mean) : 0;
}
