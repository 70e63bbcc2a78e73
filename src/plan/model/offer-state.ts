// One offer while a campaign passes: who waits for it, what was granted and is not yet spent.
import type { Arrivals } from "./arrivals.ts";
import type { CampaignInputs, OfferInputs } from "./inputs.ts";
import type { HourlyTerms, OfferTerms } from "./terms.ts";

export interface OfferState {
  /** Share of who is present that claims; of a grant that will be spent. */
  takeUp: number;
  redeemed: number;
  /** Further rewards of a claimer, through invites. */
  more: number;
  /** Those who wait: the wave's new people, others, and further rewards. */
  waitingNew: number;
  waitingKnown: number;
  waitingMore: number;
  invited: number;
  /** Grants that will be spent, and the part of them that is in an hour. */
  pool: number;
  orderRate: number;
  /** Money granted and neither spent nor expired. */
  open: number;
}

export function newOfferState(): OfferState {
  return {
    takeUp: 0,
    redeemed: 0,
    more: 0,
    waitingNew: 0,
    waitingKnown: 0,
    waitingMore: 0,
    invited: 0,
    pool: 0,
    orderRate: 0,
    open: 0,
  };
}

export function beginOffer(
  state: OfferState,
  offer: OfferInputs,
  draw: CampaignInputs,
  { wave, reward, expires }: OfferTerms,
  terms: HourlyTerms,
  arrivals: Arrivals,
): void {
  const present = arrivals.ofWave[wave]! + (wave === 0 ? draw.existing : 0);
  state.takeUp = withChance(offer.takeUp, offer.chanceTakeUp, present);
  const claimers = present * state.takeUp;
  state.more = furtherRewards(draw, terms.rewardsPerUser, claimers);
  const grants = Math.min(claimers * (1 + state.more), terms.waves[wave]!.budget / reward);
  state.redeemed = withChance(offer.redeemed, offer.chanceRedeemed, grants);
  // Of those who would spend it some time, only so many are in time.
  if (expires.kind === "after") state.redeemed *= 1 - Math.exp(-expires.hours / offer.delay);
  state.orderRate = 1 - Math.exp(-1 / offer.delay);
  state.waitingNew = state.waitingKnown = state.waitingMore = 0;
  state.invited = state.pool = state.open = 0;
}

/**
 * Further rewards of a claimer on average: an accepted invite gives both sides one, their number is
 * geometric, and the cap of a user cuts it.
 */
function furtherRewards(draw: CampaignInputs, most: number, claimers: number): number {
  const mean = 2 * draw.invites;
  if (mean <= 0) return 0;
  const q = mean / (1 + mean);
  const capped = mean * (1 - q ** (most - 1));
  if (draw.chanceInvites === 0 || mean * claimers < 1) return capped;
  const error = Math.sqrt((1 + mean) / (mean * claimers));
  return Math.max(0, capped * (1 + draw.chanceInvites * error));
}

/** A share as it comes out among so many: the normal approximation of a binomial. */
export function withChance(share: number, chance: number, among: number): number {
  if (chance === 0 || among <= 0 || share <= 0) return share;
  const drawn = share + chance * Math.sqrt((share * (1 - share)) / among);
  return Math.min(1, Math.max(0, drawn));
}
